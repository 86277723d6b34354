"""Files of tables: Excel, CSV, TSV."""
