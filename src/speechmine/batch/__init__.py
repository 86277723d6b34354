"""Many documents: worker processes, a journal to go on from, one failure a bad input.

Begin with :func:`speechmine.batch.work.run_batch`.
"""
