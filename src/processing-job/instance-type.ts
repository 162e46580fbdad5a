// Generated from botocore 1.44.5: do not edit. To make it anew, run 'npx projen service-model'.
/**
 * A type of instance that processing jobs run on.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
 */
export class ProcessingInstanceType {
  /** `ml.t3.medium` */
  public static readonly T3_MEDIUM = ProcessingInstanceType.of('ml.t3.medium');

  /** `ml.t3.large` */
  public static readonly T3_LARGE = ProcessingInstanceType.of('ml.t3.large');

  /** `ml.t3.xlarge` */
  public static readonly T3_XLARGE = ProcessingInstanceType.of('ml.t3.xlarge');

  /** `ml.t3.2xlarge` */
  public static readonly T3_2XLARGE = ProcessingInstanceType.of('ml.t3.2xlarge');

  /** `ml.m4.xlarge` */
  public static readonly M4_XLARGE = ProcessingInstanceType.of('ml.m4.xlarge');

  /** `ml.m4.2xlarge` */
  public static readonly M4_2XLARGE = ProcessingInstanceType.of('ml.m4.2xlarge');

  /** `ml.m4.4xlarge` */
  public static readonly M4_4XLARGE = ProcessingInstanceType.of('ml.m4.4xlarge');

  /** `ml.m4.10xlarge` */
  public static readonly M4_10XLARGE = ProcessingInstanceType.of('ml.m4.10xlarge');

  /** `ml.m4.16xlarge` */
  public static readonly M4_16XLARGE = ProcessingInstanceType.of('ml.m4.16xlarge');

  /** `ml.c4.xlarge` */
  public static readonly C4_XLARGE = ProcessingInstanceType.of('ml.c4.xlarge');

  /** `ml.c4.2xlarge` */
  public static readonly C4_2XLARGE = ProcessingInstanceType.of('ml.c4.2xlarge');

  /** `ml.c4.4xlarge` */
  public static readonly C4_4XLARGE = ProcessingInstanceType.of('ml.c4.4xlarge');

  /** `ml.c4.8xlarge` */
  public static readonly C4_8XLARGE = ProcessingInstanceType.of('ml.c4.8xlarge');

  /** `ml.p2.xlarge` */
  public static readonly P2_XLARGE = ProcessingInstanceType.of('ml.p2.xlarge');

  /** `ml.p2.8xlarge` */
  public static readonly P2_8XLARGE = ProcessingInstanceType.of('ml.p2.8xlarge');

  /** `ml.p2.16xlarge` */
  public static readonly P2_16XLARGE = ProcessingInstanceType.of('ml.p2.16xlarge');

  /** `ml.p3.2xlarge` */
  public static readonly P3_2XLARGE = ProcessingInstanceType.of('ml.p3.2xlarge');

  /** `ml.p3.8xlarge` */
  public static readonly P3_8XLARGE = ProcessingInstanceType.of('ml.p3.8xlarge');

  /** `ml.p3.16xlarge` */
  public static readonly P3_16XLARGE = ProcessingInstanceType.of('ml.p3.16xlarge');

  /** `ml.c5.xlarge` */
  public static readonly C5_XLARGE = ProcessingInstanceType.of('ml.c5.xlarge');

  /** `ml.c5.2xlarge` */
  public static readonly C5_2XLARGE = ProcessingInstanceType.of('ml.c5.2xlarge');

  /** `ml.c5.4xlarge` */
  public static readonly C5_4XLARGE = ProcessingInstanceType.of('ml.c5.4xlarge');

  /** `ml.c5.9xlarge` */
  public static readonly C5_9XLARGE = ProcessingInstanceType.of('ml.c5.9xlarge');

  /** `ml.c5.18xlarge` */
  public static readonly C5_18XLARGE = ProcessingInstanceType.of('ml.c5.18xlarge');

  /** `ml.m5.large` */
  public static readonly M5_LARGE = ProcessingInstanceType.of('ml.m5.large');

  /** `ml.m5.xlarge` */
  public static readonly M5_XLARGE = ProcessingInstanceType.of('ml.m5.xlarge');

  /** `ml.m5.2xlarge` */
  public static readonly M5_2XLARGE = ProcessingInstanceType.of('ml.m5.2xlarge');

  /** `ml.m5.4xlarge` */
  public static readonly M5_4XLARGE = ProcessingInstanceType.of('ml.m5.4xlarge');

  /** `ml.m5.12xlarge` */
  public static readonly M5_12XLARGE = ProcessingInstanceType.of('ml.m5.12xlarge');

  /** `ml.m5.24xlarge` */
  public static readonly M5_24XLARGE = ProcessingInstanceType.of('ml.m5.24xlarge');

  /** `ml.r5.large` */
  public static readonly R5_LARGE = ProcessingInstanceType.of('ml.r5.large');

  /** `ml.r5.xlarge` */
  public static readonly R5_XLARGE = ProcessingInstanceType.of('ml.r5.xlarge');

  /** `ml.r5.2xlarge` */
  public static readonly R5_2XLARGE = ProcessingInstanceType.of('ml.r5.2xlarge');

  /** `ml.r5.4xlarge` */
  public static readonly R5_4XLARGE = ProcessingInstanceType.of('ml.r5.4xlarge');

  /** `ml.r5.8xlarge` */
  public static readonly R5_8XLARGE = ProcessingInstanceType.of('ml.r5.8xlarge');

  /** `ml.r5.12xlarge` */
  public static readonly R5_12XLARGE = ProcessingInstanceType.of('ml.r5.12xlarge');

  /** `ml.r5.16xlarge` */
  public static readonly R5_16XLARGE = ProcessingInstanceType.of('ml.r5.16xlarge');

  /** `ml.r5.24xlarge` */
  public static readonly R5_24XLARGE = ProcessingInstanceType.of('ml.r5.24xlarge');

  /** `ml.g4dn.xlarge` */
  public static readonly G4DN_XLARGE = ProcessingInstanceType.of('ml.g4dn.xlarge');

  /** `ml.g4dn.2xlarge` */
  public static readonly G4DN_2XLARGE = ProcessingInstanceType.of('ml.g4dn.2xlarge');

  /** `ml.g4dn.4xlarge` */
  public static readonly G4DN_4XLARGE = ProcessingInstanceType.of('ml.g4dn.4xlarge');

  /** `ml.g4dn.8xlarge` */
  public static readonly G4DN_8XLARGE = ProcessingInstanceType.of('ml.g4dn.8xlarge');

  /** `ml.g4dn.12xlarge` */
  public static readonly G4DN_12XLARGE = ProcessingInstanceType.of('ml.g4dn.12xlarge');

  /** `ml.g4dn.16xlarge` */
  public static readonly G4DN_16XLARGE = ProcessingInstanceType.of('ml.g4dn.16xlarge');

  /** `ml.g5.xlarge` */
  public static readonly G5_XLARGE = ProcessingInstanceType.of('ml.g5.xlarge');

  /** `ml.g5.2xlarge` */
  public static readonly G5_2XLARGE = ProcessingInstanceType.of('ml.g5.2xlarge');

  /** `ml.g5.4xlarge` */
  public static readonly G5_4XLARGE = ProcessingInstanceType.of('ml.g5.4xlarge');

  /** `ml.g5.8xlarge` */
  public static readonly G5_8XLARGE = ProcessingInstanceType.of('ml.g5.8xlarge');

  /** `ml.g5.16xlarge` */
  public static readonly G5_16XLARGE = ProcessingInstanceType.of('ml.g5.16xlarge');

  /** `ml.g5.12xlarge` */
  public static readonly G5_12XLARGE = ProcessingInstanceType.of('ml.g5.12xlarge');

  /** `ml.g5.24xlarge` */
  public static readonly G5_24XLARGE = ProcessingInstanceType.of('ml.g5.24xlarge');

  /** `ml.g5.48xlarge` */
  public static readonly G5_48XLARGE = ProcessingInstanceType.of('ml.g5.48xlarge');

  /** `ml.r5d.large` */
  public static readonly R5D_LARGE = ProcessingInstanceType.of('ml.r5d.large');

  /** `ml.r5d.xlarge` */
  public static readonly R5D_XLARGE = ProcessingInstanceType.of('ml.r5d.xlarge');

  /** `ml.r5d.2xlarge` */
  public static readonly R5D_2XLARGE = ProcessingInstanceType.of('ml.r5d.2xlarge');

  /** `ml.r5d.4xlarge` */
  public static readonly R5D_4XLARGE = ProcessingInstanceType.of('ml.r5d.4xlarge');

  /** `ml.r5d.8xlarge` */
  public static readonly R5D_8XLARGE = ProcessingInstanceType.of('ml.r5d.8xlarge');

  /** `ml.r5d.12xlarge` */
  public static readonly R5D_12XLARGE = ProcessingInstanceType.of('ml.r5d.12xlarge');

  /** `ml.r5d.16xlarge` */
  public static readonly R5D_16XLARGE = ProcessingInstanceType.of('ml.r5d.16xlarge');

  /** `ml.r5d.24xlarge` */
  public static readonly R5D_24XLARGE = ProcessingInstanceType.of('ml.r5d.24xlarge');

  /** `ml.g6.xlarge` */
  public static readonly G6_XLARGE = ProcessingInstanceType.of('ml.g6.xlarge');

  /** `ml.g6.2xlarge` */
  public static readonly G6_2XLARGE = ProcessingInstanceType.of('ml.g6.2xlarge');

  /** `ml.g6.4xlarge` */
  public static readonly G6_4XLARGE = ProcessingInstanceType.of('ml.g6.4xlarge');

  /** `ml.g6.8xlarge` */
  public static readonly G6_8XLARGE = ProcessingInstanceType.of('ml.g6.8xlarge');

  /** `ml.g6.12xlarge` */
  public static readonly G6_12XLARGE = ProcessingInstanceType.of('ml.g6.12xlarge');

  /** `ml.g6.16xlarge` */
  public static readonly G6_16XLARGE = ProcessingInstanceType.of('ml.g6.16xlarge');

  /** `ml.g6.24xlarge` */
  public static readonly G6_24XLARGE = ProcessingInstanceType.of('ml.g6.24xlarge');

  /** `ml.g6.48xlarge` */
  public static readonly G6_48XLARGE = ProcessingInstanceType.of('ml.g6.48xlarge');

  /** `ml.g6e.xlarge` */
  public static readonly G6E_XLARGE = ProcessingInstanceType.of('ml.g6e.xlarge');

  /** `ml.g6e.2xlarge` */
  public static readonly G6E_2XLARGE = ProcessingInstanceType.of('ml.g6e.2xlarge');

  /** `ml.g6e.4xlarge` */
  public static readonly G6E_4XLARGE = ProcessingInstanceType.of('ml.g6e.4xlarge');

  /** `ml.g6e.8xlarge` */
  public static readonly G6E_8XLARGE = ProcessingInstanceType.of('ml.g6e.8xlarge');

  /** `ml.g6e.12xlarge` */
  public static readonly G6E_12XLARGE = ProcessingInstanceType.of('ml.g6e.12xlarge');

  /** `ml.g6e.16xlarge` */
  public static readonly G6E_16XLARGE = ProcessingInstanceType.of('ml.g6e.16xlarge');

  /** `ml.g6e.24xlarge` */
  public static readonly G6E_24XLARGE = ProcessingInstanceType.of('ml.g6e.24xlarge');

  /** `ml.g6e.48xlarge` */
  public static readonly G6E_48XLARGE = ProcessingInstanceType.of('ml.g6e.48xlarge');

  /** `ml.m6i.large` */
  public static readonly M6I_LARGE = ProcessingInstanceType.of('ml.m6i.large');

  /** `ml.m6i.xlarge` */
  public static readonly M6I_XLARGE = ProcessingInstanceType.of('ml.m6i.xlarge');

  /** `ml.m6i.2xlarge` */
  public static readonly M6I_2XLARGE = ProcessingInstanceType.of('ml.m6i.2xlarge');

  /** `ml.m6i.4xlarge` */
  public static readonly M6I_4XLARGE = ProcessingInstanceType.of('ml.m6i.4xlarge');

  /** `ml.m6i.8xlarge` */
  public static readonly M6I_8XLARGE = ProcessingInstanceType.of('ml.m6i.8xlarge');

  /** `ml.m6i.12xlarge` */
  public static readonly M6I_12XLARGE = ProcessingInstanceType.of('ml.m6i.12xlarge');

  /** `ml.m6i.16xlarge` */
  public static readonly M6I_16XLARGE = ProcessingInstanceType.of('ml.m6i.16xlarge');

  /** `ml.m6i.24xlarge` */
  public static readonly M6I_24XLARGE = ProcessingInstanceType.of('ml.m6i.24xlarge');

  /** `ml.m6i.32xlarge` */
  public static readonly M6I_32XLARGE = ProcessingInstanceType.of('ml.m6i.32xlarge');

  /** `ml.c6i.xlarge` */
  public static readonly C6I_XLARGE = ProcessingInstanceType.of('ml.c6i.xlarge');

  /** `ml.c6i.2xlarge` */
  public static readonly C6I_2XLARGE = ProcessingInstanceType.of('ml.c6i.2xlarge');

  /** `ml.c6i.4xlarge` */
  public static readonly C6I_4XLARGE = ProcessingInstanceType.of('ml.c6i.4xlarge');

  /** `ml.c6i.8xlarge` */
  public static readonly C6I_8XLARGE = ProcessingInstanceType.of('ml.c6i.8xlarge');

  /** `ml.c6i.12xlarge` */
  public static readonly C6I_12XLARGE = ProcessingInstanceType.of('ml.c6i.12xlarge');

  /** `ml.c6i.16xlarge` */
  public static readonly C6I_16XLARGE = ProcessingInstanceType.of('ml.c6i.16xlarge');

  /** `ml.c6i.24xlarge` */
  public static readonly C6I_24XLARGE = ProcessingInstanceType.of('ml.c6i.24xlarge');

  /** `ml.c6i.32xlarge` */
  public static readonly C6I_32XLARGE = ProcessingInstanceType.of('ml.c6i.32xlarge');

  /** `ml.m7i.large` */
  public static readonly M7I_LARGE = ProcessingInstanceType.of('ml.m7i.large');

  /** `ml.m7i.xlarge` */
  public static readonly M7I_XLARGE = ProcessingInstanceType.of('ml.m7i.xlarge');

  /** `ml.m7i.2xlarge` */
  public static readonly M7I_2XLARGE = ProcessingInstanceType.of('ml.m7i.2xlarge');

  /** `ml.m7i.4xlarge` */
  public static readonly M7I_4XLARGE = ProcessingInstanceType.of('ml.m7i.4xlarge');

  /** `ml.m7i.8xlarge` */
  public static readonly M7I_8XLARGE = ProcessingInstanceType.of('ml.m7i.8xlarge');

  /** `ml.m7i.12xlarge` */
  public static readonly M7I_12XLARGE = ProcessingInstanceType.of('ml.m7i.12xlarge');

  /** `ml.m7i.16xlarge` */
  public static readonly M7I_16XLARGE = ProcessingInstanceType.of('ml.m7i.16xlarge');

  /** `ml.m7i.24xlarge` */
  public static readonly M7I_24XLARGE = ProcessingInstanceType.of('ml.m7i.24xlarge');

  /** `ml.m7i.48xlarge` */
  public static readonly M7I_48XLARGE = ProcessingInstanceType.of('ml.m7i.48xlarge');

  /** `ml.c7i.large` */
  public static readonly C7I_LARGE = ProcessingInstanceType.of('ml.c7i.large');

  /** `ml.c7i.xlarge` */
  public static readonly C7I_XLARGE = ProcessingInstanceType.of('ml.c7i.xlarge');

  /** `ml.c7i.2xlarge` */
  public static readonly C7I_2XLARGE = ProcessingInstanceType.of('ml.c7i.2xlarge');

  /** `ml.c7i.4xlarge` */
  public static readonly C7I_4XLARGE = ProcessingInstanceType.of('ml.c7i.4xlarge');

  /** `ml.c7i.8xlarge` */
  public static readonly C7I_8XLARGE = ProcessingInstanceType.of('ml.c7i.8xlarge');

  /** `ml.c7i.12xlarge` */
  public static readonly C7I_12XLARGE = ProcessingInstanceType.of('ml.c7i.12xlarge');

  /** `ml.c7i.16xlarge` */
  public static readonly C7I_16XLARGE = ProcessingInstanceType.of('ml.c7i.16xlarge');

  /** `ml.c7i.24xlarge` */
  public static readonly C7I_24XLARGE = ProcessingInstanceType.of('ml.c7i.24xlarge');

  /** `ml.c7i.48xlarge` */
  public static readonly C7I_48XLARGE = ProcessingInstanceType.of('ml.c7i.48xlarge');

  /** `ml.r7i.large` */
  public static readonly R7I_LARGE = ProcessingInstanceType.of('ml.r7i.large');

  /** `ml.r7i.xlarge` */
  public static readonly R7I_XLARGE = ProcessingInstanceType.of('ml.r7i.xlarge');

  /** `ml.r7i.2xlarge` */
  public static readonly R7I_2XLARGE = ProcessingInstanceType.of('ml.r7i.2xlarge');

  /** `ml.r7i.4xlarge` */
  public static readonly R7I_4XLARGE = ProcessingInstanceType.of('ml.r7i.4xlarge');

  /** `ml.r7i.8xlarge` */
  public static readonly R7I_8XLARGE = ProcessingInstanceType.of('ml.r7i.8xlarge');

  /** `ml.r7i.12xlarge` */
  public static readonly R7I_12XLARGE = ProcessingInstanceType.of('ml.r7i.12xlarge');

  /** `ml.r7i.16xlarge` */
  public static readonly R7I_16XLARGE = ProcessingInstanceType.of('ml.r7i.16xlarge');

  /** `ml.r7i.24xlarge` */
  public static readonly R7I_24XLARGE = ProcessingInstanceType.of('ml.r7i.24xlarge');

  /** `ml.r7i.48xlarge` */
  public static readonly R7I_48XLARGE = ProcessingInstanceType.of('ml.r7i.48xlarge');

  /** `ml.p5.4xlarge` */
  public static readonly P5_4XLARGE = ProcessingInstanceType.of('ml.p5.4xlarge');

  /** `ml.g7e.2xlarge` */
  public static readonly G7E_2XLARGE = ProcessingInstanceType.of('ml.g7e.2xlarge');

  /** `ml.g7e.4xlarge` */
  public static readonly G7E_4XLARGE = ProcessingInstanceType.of('ml.g7e.4xlarge');

  /** `ml.g7e.8xlarge` */
  public static readonly G7E_8XLARGE = ProcessingInstanceType.of('ml.g7e.8xlarge');

  /** `ml.g7e.12xlarge` */
  public static readonly G7E_12XLARGE = ProcessingInstanceType.of('ml.g7e.12xlarge');

  /** `ml.g7e.24xlarge` */
  public static readonly G7E_24XLARGE = ProcessingInstanceType.of('ml.g7e.24xlarge');

  /** `ml.g7e.48xlarge` */
  public static readonly G7E_48XLARGE = ProcessingInstanceType.of('ml.g7e.48xlarge');

  /** `ml.g7.2xlarge` */
  public static readonly G7_2XLARGE = ProcessingInstanceType.of('ml.g7.2xlarge');

  /** `ml.g7.4xlarge` */
  public static readonly G7_4XLARGE = ProcessingInstanceType.of('ml.g7.4xlarge');

  /** `ml.g7.8xlarge` */
  public static readonly G7_8XLARGE = ProcessingInstanceType.of('ml.g7.8xlarge');

  /** `ml.g7.12xlarge` */
  public static readonly G7_12XLARGE = ProcessingInstanceType.of('ml.g7.12xlarge');

  /** `ml.g7.24xlarge` */
  public static readonly G7_24XLARGE = ProcessingInstanceType.of('ml.g7.24xlarge');

  /** `ml.g7.48xlarge` */
  public static readonly G7_48XLARGE = ProcessingInstanceType.of('ml.g7.48xlarge');

  /** `ml.r6i.large` */
  public static readonly R6I_LARGE = ProcessingInstanceType.of('ml.r6i.large');

  /** `ml.r6i.xlarge` */
  public static readonly R6I_XLARGE = ProcessingInstanceType.of('ml.r6i.xlarge');

  /** `ml.r6i.2xlarge` */
  public static readonly R6I_2XLARGE = ProcessingInstanceType.of('ml.r6i.2xlarge');

  /** `ml.r6i.4xlarge` */
  public static readonly R6I_4XLARGE = ProcessingInstanceType.of('ml.r6i.4xlarge');

  /** `ml.r6i.8xlarge` */
  public static readonly R6I_8XLARGE = ProcessingInstanceType.of('ml.r6i.8xlarge');

  /** `ml.r6i.12xlarge` */
  public static readonly R6I_12XLARGE = ProcessingInstanceType.of('ml.r6i.12xlarge');

  /** `ml.r6i.16xlarge` */
  public static readonly R6I_16XLARGE = ProcessingInstanceType.of('ml.r6i.16xlarge');

  /** `ml.r6i.24xlarge` */
  public static readonly R6I_24XLARGE = ProcessingInstanceType.of('ml.r6i.24xlarge');

  /** `ml.r6i.32xlarge` */
  public static readonly R6I_32XLARGE = ProcessingInstanceType.of('ml.r6i.32xlarge');

  /** `ml.m8i.large` */
  public static readonly M8I_LARGE = ProcessingInstanceType.of('ml.m8i.large');

  /** `ml.m8i.xlarge` */
  public static readonly M8I_XLARGE = ProcessingInstanceType.of('ml.m8i.xlarge');

  /** `ml.m8i.2xlarge` */
  public static readonly M8I_2XLARGE = ProcessingInstanceType.of('ml.m8i.2xlarge');

  /** `ml.m8i.4xlarge` */
  public static readonly M8I_4XLARGE = ProcessingInstanceType.of('ml.m8i.4xlarge');

  /** `ml.m8i.8xlarge` */
  public static readonly M8I_8XLARGE = ProcessingInstanceType.of('ml.m8i.8xlarge');

  /** `ml.m8i.12xlarge` */
  public static readonly M8I_12XLARGE = ProcessingInstanceType.of('ml.m8i.12xlarge');

  /** `ml.m8i.16xlarge` */
  public static readonly M8I_16XLARGE = ProcessingInstanceType.of('ml.m8i.16xlarge');

  /** `ml.m8i.24xlarge` */
  public static readonly M8I_24XLARGE = ProcessingInstanceType.of('ml.m8i.24xlarge');

  /** `ml.m8i.32xlarge` */
  public static readonly M8I_32XLARGE = ProcessingInstanceType.of('ml.m8i.32xlarge');

  /** `ml.m8i.48xlarge` */
  public static readonly M8I_48XLARGE = ProcessingInstanceType.of('ml.m8i.48xlarge');

  /** `ml.m8i.96xlarge` */
  public static readonly M8I_96XLARGE = ProcessingInstanceType.of('ml.m8i.96xlarge');

  /** `ml.c8i.xlarge` */
  public static readonly C8I_XLARGE = ProcessingInstanceType.of('ml.c8i.xlarge');

  /** `ml.c8i.2xlarge` */
  public static readonly C8I_2XLARGE = ProcessingInstanceType.of('ml.c8i.2xlarge');

  /** `ml.c8i.4xlarge` */
  public static readonly C8I_4XLARGE = ProcessingInstanceType.of('ml.c8i.4xlarge');

  /** `ml.c8i.8xlarge` */
  public static readonly C8I_8XLARGE = ProcessingInstanceType.of('ml.c8i.8xlarge');

  /** `ml.c8i.12xlarge` */
  public static readonly C8I_12XLARGE = ProcessingInstanceType.of('ml.c8i.12xlarge');

  /** `ml.c8i.16xlarge` */
  public static readonly C8I_16XLARGE = ProcessingInstanceType.of('ml.c8i.16xlarge');

  /** `ml.c8i.24xlarge` */
  public static readonly C8I_24XLARGE = ProcessingInstanceType.of('ml.c8i.24xlarge');

  /** `ml.c8i.32xlarge` */
  public static readonly C8I_32XLARGE = ProcessingInstanceType.of('ml.c8i.32xlarge');

  /** `ml.c8i.48xlarge` */
  public static readonly C8I_48XLARGE = ProcessingInstanceType.of('ml.c8i.48xlarge');

  /** `ml.c8i.96xlarge` */
  public static readonly C8I_96XLARGE = ProcessingInstanceType.of('ml.c8i.96xlarge');

  /** `ml.r8i.large` */
  public static readonly R8I_LARGE = ProcessingInstanceType.of('ml.r8i.large');

  /** `ml.r8i.xlarge` */
  public static readonly R8I_XLARGE = ProcessingInstanceType.of('ml.r8i.xlarge');

  /** `ml.r8i.2xlarge` */
  public static readonly R8I_2XLARGE = ProcessingInstanceType.of('ml.r8i.2xlarge');

  /** `ml.r8i.4xlarge` */
  public static readonly R8I_4XLARGE = ProcessingInstanceType.of('ml.r8i.4xlarge');

  /** `ml.r8i.8xlarge` */
  public static readonly R8I_8XLARGE = ProcessingInstanceType.of('ml.r8i.8xlarge');

  /** `ml.r8i.12xlarge` */
  public static readonly R8I_12XLARGE = ProcessingInstanceType.of('ml.r8i.12xlarge');

  /** `ml.r8i.16xlarge` */
  public static readonly R8I_16XLARGE = ProcessingInstanceType.of('ml.r8i.16xlarge');

  /** `ml.r8i.24xlarge` */
  public static readonly R8I_24XLARGE = ProcessingInstanceType.of('ml.r8i.24xlarge');

  /** `ml.r8i.32xlarge` */
  public static readonly R8I_32XLARGE = ProcessingInstanceType.of('ml.r8i.32xlarge');

  /** `ml.r8i.48xlarge` */
  public static readonly R8I_48XLARGE = ProcessingInstanceType.of('ml.r8i.48xlarge');

  /** `ml.r8i.96xlarge` */
  public static readonly R8I_96XLARGE = ProcessingInstanceType.of('ml.r8i.96xlarge');

  /** `ml.m7i-flex.large` */
  public static readonly M7I_FLEX_LARGE = ProcessingInstanceType.of('ml.m7i-flex.large');

  /** `ml.m7i-flex.xlarge` */
  public static readonly M7I_FLEX_XLARGE = ProcessingInstanceType.of('ml.m7i-flex.xlarge');

  /** `ml.m7i-flex.2xlarge` */
  public static readonly M7I_FLEX_2XLARGE = ProcessingInstanceType.of('ml.m7i-flex.2xlarge');

  /** `ml.m7i-flex.4xlarge` */
  public static readonly M7I_FLEX_4XLARGE = ProcessingInstanceType.of('ml.m7i-flex.4xlarge');

  /** `ml.m7i-flex.8xlarge` */
  public static readonly M7I_FLEX_8XLARGE = ProcessingInstanceType.of('ml.m7i-flex.8xlarge');

  /** `ml.m7i-flex.12xlarge` */
  public static readonly M7I_FLEX_12XLARGE = ProcessingInstanceType.of('ml.m7i-flex.12xlarge');

  /** `ml.m7i-flex.16xlarge` */
  public static readonly M7I_FLEX_16XLARGE = ProcessingInstanceType.of('ml.m7i-flex.16xlarge');

  /** `ml.c7i-flex.xlarge` */
  public static readonly C7I_FLEX_XLARGE = ProcessingInstanceType.of('ml.c7i-flex.xlarge');

  /** `ml.c7i-flex.2xlarge` */
  public static readonly C7I_FLEX_2XLARGE = ProcessingInstanceType.of('ml.c7i-flex.2xlarge');

  /** `ml.c7i-flex.4xlarge` */
  public static readonly C7I_FLEX_4XLARGE = ProcessingInstanceType.of('ml.c7i-flex.4xlarge');

  /** `ml.c7i-flex.8xlarge` */
  public static readonly C7I_FLEX_8XLARGE = ProcessingInstanceType.of('ml.c7i-flex.8xlarge');

  /** `ml.c7i-flex.12xlarge` */
  public static readonly C7I_FLEX_12XLARGE = ProcessingInstanceType.of('ml.c7i-flex.12xlarge');

  /** `ml.c7i-flex.16xlarge` */
  public static readonly C7I_FLEX_16XLARGE = ProcessingInstanceType.of('ml.c7i-flex.16xlarge');

  /** `ml.m8i-flex.large` */
  public static readonly M8I_FLEX_LARGE = ProcessingInstanceType.of('ml.m8i-flex.large');

  /** `ml.m8i-flex.xlarge` */
  public static readonly M8I_FLEX_XLARGE = ProcessingInstanceType.of('ml.m8i-flex.xlarge');

  /** `ml.m8i-flex.2xlarge` */
  public static readonly M8I_FLEX_2XLARGE = ProcessingInstanceType.of('ml.m8i-flex.2xlarge');

  /** `ml.m8i-flex.4xlarge` */
  public static readonly M8I_FLEX_4XLARGE = ProcessingInstanceType.of('ml.m8i-flex.4xlarge');

  /** `ml.m8i-flex.8xlarge` */
  public static readonly M8I_FLEX_8XLARGE = ProcessingInstanceType.of('ml.m8i-flex.8xlarge');

  /** `ml.m8i-flex.12xlarge` */
  public static readonly M8I_FLEX_12XLARGE = ProcessingInstanceType.of('ml.m8i-flex.12xlarge');

  /** `ml.m8i-flex.16xlarge` */
  public static readonly M8I_FLEX_16XLARGE = ProcessingInstanceType.of('ml.m8i-flex.16xlarge');

  /** `ml.c8i-flex.xlarge` */
  public static readonly C8I_FLEX_XLARGE = ProcessingInstanceType.of('ml.c8i-flex.xlarge');

  /** `ml.c8i-flex.2xlarge` */
  public static readonly C8I_FLEX_2XLARGE = ProcessingInstanceType.of('ml.c8i-flex.2xlarge');

  /** `ml.c8i-flex.4xlarge` */
  public static readonly C8I_FLEX_4XLARGE = ProcessingInstanceType.of('ml.c8i-flex.4xlarge');

  /** `ml.c8i-flex.8xlarge` */
  public static readonly C8I_FLEX_8XLARGE = ProcessingInstanceType.of('ml.c8i-flex.8xlarge');

  /** `ml.c8i-flex.12xlarge` */
  public static readonly C8I_FLEX_12XLARGE = ProcessingInstanceType.of('ml.c8i-flex.12xlarge');

  /** `ml.c8i-flex.16xlarge` */
  public static readonly C8I_FLEX_16XLARGE = ProcessingInstanceType.of('ml.c8i-flex.16xlarge');

  /** `ml.r8i-flex.large` */
  public static readonly R8I_FLEX_LARGE = ProcessingInstanceType.of('ml.r8i-flex.large');

  /** `ml.r8i-flex.xlarge` */
  public static readonly R8I_FLEX_XLARGE = ProcessingInstanceType.of('ml.r8i-flex.xlarge');

  /** `ml.r8i-flex.2xlarge` */
  public static readonly R8I_FLEX_2XLARGE = ProcessingInstanceType.of('ml.r8i-flex.2xlarge');

  /** `ml.r8i-flex.4xlarge` */
  public static readonly R8I_FLEX_4XLARGE = ProcessingInstanceType.of('ml.r8i-flex.4xlarge');

  /** `ml.r8i-flex.8xlarge` */
  public static readonly R8I_FLEX_8XLARGE = ProcessingInstanceType.of('ml.r8i-flex.8xlarge');

  /** `ml.r8i-flex.12xlarge` */
  public static readonly R8I_FLEX_12XLARGE = ProcessingInstanceType.of('ml.r8i-flex.12xlarge');

  /** `ml.r8i-flex.16xlarge` */
  public static readonly R8I_FLEX_16XLARGE = ProcessingInstanceType.of('ml.r8i-flex.16xlarge');

  /**
   * A type that is newer than this version of the library.
   *
   * @param name - the name of the type, such as `ml.m5.xlarge`
   */
  public static of(name: string): ProcessingInstanceType {
    return new ProcessingInstanceType(name);
  }

  private constructor(
    /** The name of the type, such as `ml.m5.xlarge`. */
    public readonly name: string,
  ) {
  }

  /** The name of the type. */
  public toString(): string {
    return this.name;
  }
}
