"""What the small learned readers go by: weights by key, beside what stores and sums them."""
