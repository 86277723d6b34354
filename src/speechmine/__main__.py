"""``python -m speechmine`` does what ``speechmine`` does."""

from speechmine.cli import main

if __name__ == "__main__":
    main()
