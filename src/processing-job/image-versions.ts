// Generated from sagemaker-core 2.27.0: do not edit. To make it anew, run 'npx projen service-model'.
/**
 * A version of the service's image with scikit-learn.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pre-built-docker-containers-scikit-learn-spark.html
 */
export class ScikitLearnVersion {
  /** `0.20.0` */
  public static readonly V0_20_0 = ScikitLearnVersion.of('0.20.0');

  /** `0.23-1` */
  public static readonly V0_23_1 = ScikitLearnVersion.of('0.23-1');

  /** `1.0-1` */
  public static readonly V1_0_1 = ScikitLearnVersion.of('1.0-1');

  /** `1.2-1` */
  public static readonly V1_2_1 = ScikitLearnVersion.of('1.2-1');

  /** `1.4-2` */
  public static readonly V1_4_2 = ScikitLearnVersion.of('1.4-2');

  /** `1.4-2-py312` */
  public static readonly V1_4_2_PY312 = ScikitLearnVersion.of('1.4-2-py312');

  /** `1.9-0` */
  public static readonly V1_9_0 = ScikitLearnVersion.of('1.9-0');

  /**
   * A version that is newer than this version of the library.
   *
   * @param version - the version, such as `1.9-0`
   */
  public static of(version: string): ScikitLearnVersion {
    return new ScikitLearnVersion(version);
  }

  private constructor(
    /** The version, such as `1.9-0`. */
    public readonly version: string,
  ) {
  }
}

/**
 * A version of the service's image with XGBoost.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html
 */
export class XGBoostVersion {
  /** `0.90-1` */
  public static readonly V0_90_1 = XGBoostVersion.of('0.90-1');

  /** `0.90-2` */
  public static readonly V0_90_2 = XGBoostVersion.of('0.90-2');

  /** `1.0-1` */
  public static readonly V1_0_1 = XGBoostVersion.of('1.0-1');

  /** `1.2-1` */
  public static readonly V1_2_1 = XGBoostVersion.of('1.2-1');

  /** `1.2-2` */
  public static readonly V1_2_2 = XGBoostVersion.of('1.2-2');

  /** `1.3-1` */
  public static readonly V1_3_1 = XGBoostVersion.of('1.3-1');

  /** `1.5-1` */
  public static readonly V1_5_1 = XGBoostVersion.of('1.5-1');

  /** `1.7-1` */
  public static readonly V1_7_1 = XGBoostVersion.of('1.7-1');

  /** `3.0-5` */
  public static readonly V3_0_5 = XGBoostVersion.of('3.0-5');

  /** `3.2-0` */
  public static readonly V3_2_0 = XGBoostVersion.of('3.2-0');

  /**
   * A version that is newer than this version of the library.
   *
   * @param version - the version, such as `3.2-0`
   */
  public static of(version: string): XGBoostVersion {
    return new XGBoostVersion(version);
  }

  private constructor(
    /** The version, such as `3.2-0`. */
    public readonly version: string,
  ) {
  }
}

/**
 * A version of the service's image with Spark.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/use-spark-processing-container.html
 */
export class SparkVersion {
  /** `2.4` */
  public static readonly V2_4 = SparkVersion.of('2.4');

  /** `3.0` */
  public static readonly V3_0 = SparkVersion.of('3.0');

  /** `3.1` */
  public static readonly V3_1 = SparkVersion.of('3.1');

  /** `3.2` */
  public static readonly V3_2 = SparkVersion.of('3.2');

  /** `3.3` */
  public static readonly V3_3 = SparkVersion.of('3.3');

  /** `3.5` */
  public static readonly V3_5 = SparkVersion.of('3.5');

  /**
   * A version that is newer than this version of the library.
   *
   * @param version - the version, such as `3.5`
   */
  public static of(version: string): SparkVersion {
    return new SparkVersion(version);
  }

  private constructor(
    /** The version, such as `3.5`. */
    public readonly version: string,
  ) {
  }
}

/**
 * A version of the service's image with Data Wrangler.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/data-wrangler.html
 */
export class DataWranglerVersion {
  /** `1.x` */
  public static readonly V1 = DataWranglerVersion.of('1.x');

  /** `2.x` */
  public static readonly V2 = DataWranglerVersion.of('2.x');

  /** `3.x` */
  public static readonly V3 = DataWranglerVersion.of('3.x');

  /**
   * A version that is newer than this version of the library.
   *
   * @param version - the version, such as `3.x`
   */
  public static of(version: string): DataWranglerVersion {
    return new DataWranglerVersion(version);
  }

  private constructor(
    /** The version, such as `3.x`. */
    public readonly version: string,
  ) {
  }
}

/**
 * A version of the service's image with PyTorch.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pre-built-containers-frameworks-deep-learning.html
 */
export class PyTorchVersion {
  /** `0.4.0` */
  public static readonly V0_4_0 = PyTorchVersion.of('0.4.0');

  /** `1.0.0` */
  public static readonly V1_0_0 = PyTorchVersion.of('1.0.0');

  /** `1.1.0` */
  public static readonly V1_1_0 = PyTorchVersion.of('1.1.0');

  /** `1.2.0` */
  public static readonly V1_2_0 = PyTorchVersion.of('1.2.0');

  /** `1.3.1` */
  public static readonly V1_3_1 = PyTorchVersion.of('1.3.1');

  /** `1.4.0` */
  public static readonly V1_4_0 = PyTorchVersion.of('1.4.0');

  /** `1.5.0` */
  public static readonly V1_5_0 = PyTorchVersion.of('1.5.0');

  /** `1.6.0` */
  public static readonly V1_6_0 = PyTorchVersion.of('1.6.0');

  /** `1.7.1` */
  public static readonly V1_7_1 = PyTorchVersion.of('1.7.1');

  /** `1.8.0` */
  public static readonly V1_8_0 = PyTorchVersion.of('1.8.0');

  /** `1.8.1` */
  public static readonly V1_8_1 = PyTorchVersion.of('1.8.1');

  /** `1.9.0` */
  public static readonly V1_9_0 = PyTorchVersion.of('1.9.0');

  /** `1.9.1` */
  public static readonly V1_9_1 = PyTorchVersion.of('1.9.1');

  /** `1.10.0` */
  public static readonly V1_10_0 = PyTorchVersion.of('1.10.0');

  /** `1.10.2` */
  public static readonly V1_10_2 = PyTorchVersion.of('1.10.2');

  /** `1.11.0` */
  public static readonly V1_11_0 = PyTorchVersion.of('1.11.0');

  /** `1.12.0` */
  public static readonly V1_12_0 = PyTorchVersion.of('1.12.0');

  /** `1.12.1` */
  public static readonly V1_12_1 = PyTorchVersion.of('1.12.1');

  /** `1.13.1` */
  public static readonly V1_13_1 = PyTorchVersion.of('1.13.1');

  /** `2.0.0` */
  public static readonly V2_0_0 = PyTorchVersion.of('2.0.0');

  /** `2.0.1` */
  public static readonly V2_0_1 = PyTorchVersion.of('2.0.1');

  /** `2.1.0` */
  public static readonly V2_1_0 = PyTorchVersion.of('2.1.0');

  /** `2.2.0` */
  public static readonly V2_2_0 = PyTorchVersion.of('2.2.0');

  /** `2.3.0` */
  public static readonly V2_3_0 = PyTorchVersion.of('2.3.0');

  /** `2.4.0` */
  public static readonly V2_4_0 = PyTorchVersion.of('2.4.0');

  /** `2.5.1` */
  public static readonly V2_5_1 = PyTorchVersion.of('2.5.1');

  /** `2.6.0` */
  public static readonly V2_6_0 = PyTorchVersion.of('2.6.0');

  /** `2.7.1` */
  public static readonly V2_7_1 = PyTorchVersion.of('2.7.1');

  /** `2.8.0` */
  public static readonly V2_8_0 = PyTorchVersion.of('2.8.0');

  /** `2.9.0` */
  public static readonly V2_9_0 = PyTorchVersion.of('2.9.0');

  /** `2.10.0` */
  public static readonly V2_10_0 = PyTorchVersion.of('2.10.0');

  /**
   * A version that is newer than this version of the library.
   *
   * @param version - the version, such as `2.10.0`
   */
  public static of(version: string): PyTorchVersion {
    return new PyTorchVersion(version);
  }

  private constructor(
    /** The version, such as `2.10.0`. */
    public readonly version: string,
  ) {
  }
}

/**
 * A version of the service's image with TensorFlow.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pre-built-containers-frameworks-deep-learning.html
 */
export class TensorFlowVersion {
  /** `1.11.0` */
  public static readonly V1_11_0 = TensorFlowVersion.of('1.11.0');

  /** `1.12.0` */
  public static readonly V1_12_0 = TensorFlowVersion.of('1.12.0');

  /** `1.13.1` */
  public static readonly V1_13_1 = TensorFlowVersion.of('1.13.1');

  /** `1.14.0` */
  public static readonly V1_14_0 = TensorFlowVersion.of('1.14.0');

  /** `1.15.0` */
  public static readonly V1_15_0 = TensorFlowVersion.of('1.15.0');

  /** `1.15.2` */
  public static readonly V1_15_2 = TensorFlowVersion.of('1.15.2');

  /** `1.15.3` */
  public static readonly V1_15_3 = TensorFlowVersion.of('1.15.3');

  /** `1.15.4` */
  public static readonly V1_15_4 = TensorFlowVersion.of('1.15.4');

  /** `1.15.5` */
  public static readonly V1_15_5 = TensorFlowVersion.of('1.15.5');

  /** `2.0.0` */
  public static readonly V2_0_0 = TensorFlowVersion.of('2.0.0');

  /** `2.0.1` */
  public static readonly V2_0_1 = TensorFlowVersion.of('2.0.1');

  /** `2.0.2` */
  public static readonly V2_0_2 = TensorFlowVersion.of('2.0.2');

  /** `2.0.3` */
  public static readonly V2_0_3 = TensorFlowVersion.of('2.0.3');

  /** `2.0.4` */
  public static readonly V2_0_4 = TensorFlowVersion.of('2.0.4');

  /** `2.1.0` */
  public static readonly V2_1_0 = TensorFlowVersion.of('2.1.0');

  /** `2.1.1` */
  public static readonly V2_1_1 = TensorFlowVersion.of('2.1.1');

  /** `2.1.2` */
  public static readonly V2_1_2 = TensorFlowVersion.of('2.1.2');

  /** `2.1.3` */
  public static readonly V2_1_3 = TensorFlowVersion.of('2.1.3');

  /** `2.2.0` */
  public static readonly V2_2_0 = TensorFlowVersion.of('2.2.0');

  /** `2.2.1` */
  public static readonly V2_2_1 = TensorFlowVersion.of('2.2.1');

  /** `2.2.2` */
  public static readonly V2_2_2 = TensorFlowVersion.of('2.2.2');

  /** `2.3.0` */
  public static readonly V2_3_0 = TensorFlowVersion.of('2.3.0');

  /** `2.3.1` */
  public static readonly V2_3_1 = TensorFlowVersion.of('2.3.1');

  /** `2.3.2` */
  public static readonly V2_3_2 = TensorFlowVersion.of('2.3.2');

  /** `2.4.1` */
  public static readonly V2_4_1 = TensorFlowVersion.of('2.4.1');

  /** `2.4.3` */
  public static readonly V2_4_3 = TensorFlowVersion.of('2.4.3');

  /** `2.5.0` */
  public static readonly V2_5_0 = TensorFlowVersion.of('2.5.0');

  /** `2.5.1` */
  public static readonly V2_5_1 = TensorFlowVersion.of('2.5.1');

  /** `2.6.0` */
  public static readonly V2_6_0 = TensorFlowVersion.of('2.6.0');

  /** `2.6.2` */
  public static readonly V2_6_2 = TensorFlowVersion.of('2.6.2');

  /** `2.6.3` */
  public static readonly V2_6_3 = TensorFlowVersion.of('2.6.3');

  /** `2.7.1` */
  public static readonly V2_7_1 = TensorFlowVersion.of('2.7.1');

  /** `2.8.0` */
  public static readonly V2_8_0 = TensorFlowVersion.of('2.8.0');

  /** `2.9.2` */
  public static readonly V2_9_2 = TensorFlowVersion.of('2.9.2');

  /** `2.10.1` */
  public static readonly V2_10_1 = TensorFlowVersion.of('2.10.1');

  /** `2.11.0` */
  public static readonly V2_11_0 = TensorFlowVersion.of('2.11.0');

  /** `2.12.0` */
  public static readonly V2_12_0 = TensorFlowVersion.of('2.12.0');

  /** `2.13.0` */
  public static readonly V2_13_0 = TensorFlowVersion.of('2.13.0');

  /** `2.14.1` */
  public static readonly V2_14_1 = TensorFlowVersion.of('2.14.1');

  /** `2.16.2` */
  public static readonly V2_16_2 = TensorFlowVersion.of('2.16.2');

  /** `2.18.0` */
  public static readonly V2_18_0 = TensorFlowVersion.of('2.18.0');

  /** `2.19.0` */
  public static readonly V2_19_0 = TensorFlowVersion.of('2.19.0');

  /** `2.21.0` */
  public static readonly V2_21_0 = TensorFlowVersion.of('2.21.0');

  /**
   * A version that is newer than this version of the library.
   *
   * @param version - the version, such as `2.21.0`
   */
  public static of(version: string): TensorFlowVersion {
    return new TensorFlowVersion(version);
  }

  private constructor(
    /** The version, such as `2.21.0`. */
    public readonly version: string,
  ) {
  }
}

/**
 * A version of the service's image with Hugging Face transformers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pre-built-containers-frameworks-deep-learning.html
 */
export class HuggingFaceVersion {
  /** `4.6.1` */
  public static readonly V4_6_1 = HuggingFaceVersion.of('4.6.1');

  /** `4.10.2` */
  public static readonly V4_10_2 = HuggingFaceVersion.of('4.10.2');

  /** `4.11.0` */
  public static readonly V4_11_0 = HuggingFaceVersion.of('4.11.0');

  /** `4.12.3` */
  public static readonly V4_12_3 = HuggingFaceVersion.of('4.12.3');

  /** `4.17.0` */
  public static readonly V4_17_0 = HuggingFaceVersion.of('4.17.0');

  /** `4.26.0` */
  public static readonly V4_26_0 = HuggingFaceVersion.of('4.26.0');

  /** `4.28.1` */
  public static readonly V4_28_1 = HuggingFaceVersion.of('4.28.1');

  /** `4.36.0` */
  public static readonly V4_36_0 = HuggingFaceVersion.of('4.36.0');

  /** `4.46.1` */
  public static readonly V4_46_1 = HuggingFaceVersion.of('4.46.1');

  /** `4.48.0` */
  public static readonly V4_48_0 = HuggingFaceVersion.of('4.48.0');

  /** `4.49.0` */
  public static readonly V4_49_0 = HuggingFaceVersion.of('4.49.0');

  /** `4.55.0` */
  public static readonly V4_55_0 = HuggingFaceVersion.of('4.55.0');

  /** `4.56.2` */
  public static readonly V4_56_2 = HuggingFaceVersion.of('4.56.2');

  /** `5.3.0` */
  public static readonly V5_3_0 = HuggingFaceVersion.of('5.3.0');

  /**
   * A version that is newer than this version of the library.
   *
   * @param version - the version, such as `5.3.0`
   */
  public static of(version: string): HuggingFaceVersion {
    return new HuggingFaceVersion(version);
  }

  private constructor(
    /** The version, such as `5.3.0`. */
    public readonly version: string,
  ) {
  }
}
