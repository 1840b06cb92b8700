"""Payslips by Spark: rows sent to their person, sorted, then the kernel's stream in `mapInArrow`.

python with_spark.py in.parquet
"""

import os
import sys

from pyspark.sql import SparkSession, functions
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from cae_core.exchange.frames import PayslipKernel


def main(source):
    """Print the cost and the net paid of each month."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    master = os.environ.get("SPARK_MASTER", "local[2]")  # or the address of a cluster
    spark = SparkSession.builder.master(master).config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    kernel = PayslipKernel(totals=["employer_cost", "net_paid"], lang="en")
    frame = spark.read.parquet(source)
    frame = frame.repartition(4, "person").sortWithinPartitions("person")
    schema = from_arrow_schema(kernel.schema(to_arrow_schema(frame.schema)))
    done = frame.mapInArrow(kernel.stream, schema)
    amounts = [name for name in done.columns if name.startswith(("employer_cost", "net_paid"))]
    sums = done.groupBy("month").agg(*(functions.sum(name).alias(name) for name in amounts))
    print(sums.orderBy("month").toPandas().to_csv(index=False), end="")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1])
