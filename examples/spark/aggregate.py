"""What collisions with birds cost, by airport and year."""
import argparse

from pyspark.sql import SparkSession, functions as f

parser = argparse.ArgumentParser()
parser.add_argument('--strikes', required=True)
parser.add_argument('--costs', required=True)
arguments = parser.parse_args()

spark = SparkSession.builder.appName('bird-strikes').getOrCreate()

strikes = spark.read.csv(arguments.strikes, header=True).select(
    f.col('Airport Name').alias('airport'),
    f.year(f.to_date('Flight Date')).alias('year'),
    f.col('Cost Total $').cast('double').alias('cost'),
    f.col('Wildlife Species').alias('species'),
).dropna(subset=['airport', 'year'])

costs = strikes.groupBy('airport', 'year').agg(
    f.count('*').alias('strikes'),
    f.sum('cost').alias('cost'),
    f.countDistinct('species').alias('species'),
)
costs.repartition('year').write.partitionBy('year').mode('overwrite').parquet(arguments.costs)

print(f'{costs.count()} airports and years')
spark.stop()
