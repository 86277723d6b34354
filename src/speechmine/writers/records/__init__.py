"""Records and ledgers as files: JSON, CSV, Excel, Parquet, databases."""
