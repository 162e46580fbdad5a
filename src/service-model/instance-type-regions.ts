// Generated from cfn-lint 1.58.0 and moto 5.2.5: do not edit. To make it anew, run 'npx projen service-model'.
/**
 * Where instance types are offered, by the price list, or EC2's of the same family, in the Regions that both know.
 *
 * Of types and Regions that are not here, nothing is known.
 */
export const INSTANCE_TYPE_REGIONS: readonly { readonly types: readonly string[]; readonly regions: readonly string[] }[] = [
  {
    types: [
      'ml.c4.2xlarge', 'ml.c4.4xlarge', 'ml.c4.8xlarge', 'ml.c4.xlarge', 'ml.m4.10xlarge', 'ml.m4.16xlarge', 'ml.m4.2xlarge', 'ml.m4.4xlarge',
      'ml.m4.xlarge',
    ],
    regions: [
      'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1',
      'eu-west-1', 'eu-west-2', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.c5.18xlarge', 'ml.c5.2xlarge', 'ml.c5.4xlarge', 'ml.c5.9xlarge', 'ml.c5.xlarge', 'ml.m5.12xlarge', 'ml.m5.24xlarge', 'ml.m5.2xlarge',
      'ml.m5.4xlarge', 'ml.m5.large', 'ml.m5.xlarge', 'ml.r5.12xlarge', 'ml.r5.16xlarge', 'ml.r5.24xlarge', 'ml.r5.2xlarge', 'ml.r5.4xlarge',
      'ml.r5.8xlarge', 'ml.r5.large', 'ml.r5.xlarge',
    ],
    regions: [
      'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2',
      'ap-southeast-3', 'ap-southeast-4', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2',
      'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1',
      'us-west-2',
    ],
  },
  {
    types: [
      'ml.c6i.12xlarge', 'ml.c6i.16xlarge', 'ml.c6i.24xlarge', 'ml.c6i.2xlarge', 'ml.c6i.32xlarge', 'ml.c6i.4xlarge', 'ml.c6i.8xlarge',
      'ml.c6i.xlarge',
    ],
    regions: [
      'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2',
      'ap-southeast-5', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-2', 'eu-west-3',
      'il-central-1', 'me-south-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.c7i.12xlarge', 'ml.c7i.16xlarge', 'ml.c7i.24xlarge', 'ml.c7i.2xlarge', 'ml.c7i.48xlarge', 'ml.c7i.4xlarge', 'ml.c7i.8xlarge',
      'ml.c7i.large', 'ml.c7i.xlarge',
    ],
    regions: [
      'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2',
      'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1',
      'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1',
      'us-west-2',
    ],
  },
  {
    types: ['ml.c8i.32xlarge', 'ml.c8i.48xlarge', 'ml.c8i.96xlarge'],
    regions: [
      'af-south-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-5',
      'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2',
      'us-west-1', 'us-west-2',
    ],
  },
  {
    types: ['ml.g4dn.12xlarge', 'ml.g4dn.16xlarge', 'ml.g4dn.2xlarge', 'ml.g4dn.4xlarge', 'ml.g4dn.8xlarge', 'ml.g4dn.xlarge'],
    regions: [
      'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2',
      'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'me-south-1', 'sa-east-1', 'us-east-1',
      'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.g5.12xlarge', 'ml.g5.16xlarge', 'ml.g5.24xlarge', 'ml.g5.2xlarge', 'ml.g5.48xlarge', 'ml.g5.4xlarge', 'ml.g5.8xlarge', 'ml.g5.xlarge',
    ],
    regions: [
      'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-2', 'ap-southeast-3', 'ca-central-1', 'eu-central-1', 'eu-north-1',
      'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.g6.12xlarge', 'ml.g6.16xlarge', 'ml.g6.24xlarge', 'ml.g6.2xlarge', 'ml.g6.48xlarge', 'ml.g6.4xlarge', 'ml.g6.8xlarge', 'ml.g6.xlarge',
    ],
    regions: [
      'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-south-2', 'ap-southeast-2', 'ap-southeast-5', 'ca-central-1', 'eu-central-1',
      'eu-central-2', 'eu-north-1', 'eu-south-2', 'eu-west-2', 'eu-west-3', 'me-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.g6e.12xlarge', 'ml.g6e.16xlarge', 'ml.g6e.24xlarge', 'ml.g6e.2xlarge', 'ml.g6e.48xlarge', 'ml.g6e.4xlarge', 'ml.g6e.8xlarge',
      'ml.g6e.xlarge',
    ],
    regions: [
      'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'eu-central-1', 'eu-north-1', 'eu-south-2', 'me-central-1',
      'us-east-1', 'us-east-2', 'us-west-2',
    ],
  },
  {
    types: ['ml.g7.12xlarge', 'ml.g7.24xlarge', 'ml.g7.2xlarge', 'ml.g7.48xlarge', 'ml.g7.4xlarge', 'ml.g7.8xlarge'],
    regions: ['eu-central-1', 'eu-north-1', 'eu-south-2', 'us-east-1', 'us-east-2', 'us-west-2'],
  },
  {
    types: ['ml.g7e.12xlarge', 'ml.g7e.24xlarge', 'ml.g7e.2xlarge', 'ml.g7e.48xlarge', 'ml.g7e.4xlarge', 'ml.g7e.8xlarge'],
    regions: [
      'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-3', 'eu-central-1', 'eu-north-1', 'eu-south-2', 'eu-west-2', 'us-east-1',
      'us-east-2', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.m6i.12xlarge', 'ml.m6i.16xlarge', 'ml.m6i.24xlarge', 'ml.m6i.2xlarge', 'ml.m6i.32xlarge', 'ml.m6i.4xlarge', 'ml.m6i.8xlarge',
      'ml.m6i.large', 'ml.m6i.xlarge',
    ],
    regions: [
      'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2',
      'ap-southeast-3', 'ap-southeast-5', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-west-1',
      'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.m7i.12xlarge', 'ml.m7i.16xlarge', 'ml.m7i.24xlarge', 'ml.m7i.2xlarge', 'ml.m7i.48xlarge', 'ml.m7i.4xlarge', 'ml.m7i.8xlarge',
      'ml.m7i.large', 'ml.m7i.xlarge',
    ],
    regions: [
      'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2',
      'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ca-central-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2',
      'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.m8i.12xlarge', 'ml.m8i.16xlarge', 'ml.m8i.24xlarge', 'ml.m8i.2xlarge', 'ml.m8i.32xlarge', 'ml.m8i.48xlarge', 'ml.m8i.4xlarge',
      'ml.m8i.8xlarge', 'ml.m8i.96xlarge', 'ml.m8i.large', 'ml.m8i.xlarge',
    ],
    regions: [
      'af-south-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-5',
      'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2',
      'us-west-1', 'us-west-2',
    ],
  },
  {
    types: ['ml.p5.4xlarge'],
    regions: [
      'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-2', 'ap-southeast-3', 'ca-central-1', 'eu-north-1', 'eu-west-2', 'sa-east-1',
      'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.r5d.12xlarge', 'ml.r5d.16xlarge', 'ml.r5d.24xlarge', 'ml.r5d.2xlarge', 'ml.r5d.4xlarge', 'ml.r5d.8xlarge', 'ml.r5d.large', 'ml.r5d.xlarge',
    ],
    regions: [
      'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2',
      'ap-southeast-3', 'ap-southeast-4', 'ca-central-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1',
      'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.r7i.12xlarge', 'ml.r7i.16xlarge', 'ml.r7i.24xlarge', 'ml.r7i.2xlarge', 'ml.r7i.48xlarge', 'ml.r7i.4xlarge', 'ml.r7i.8xlarge',
      'ml.r7i.large', 'ml.r7i.xlarge',
    ],
    regions: [
      'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3',
      'ap-southeast-4', 'ap-southeast-5', 'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2',
      'eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: [
      'ml.r8i.12xlarge', 'ml.r8i.16xlarge', 'ml.r8i.24xlarge', 'ml.r8i.2xlarge', 'ml.r8i.32xlarge', 'ml.r8i.48xlarge', 'ml.r8i.4xlarge',
      'ml.r8i.8xlarge', 'ml.r8i.96xlarge', 'ml.r8i.large', 'ml.r8i.xlarge',
    ],
    regions: [
      'af-south-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-5',
      'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3',
      'il-central-1', 'me-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
    ],
  },
  {
    types: ['ml.t3.2xlarge', 'ml.t3.large', 'ml.t3.medium', 'ml.t3.xlarge'],
    regions: [
      'af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2',
      'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1',
      'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1', 'me-south-1', 'sa-east-1', 'us-east-1', 'us-east-2',
      'us-west-1', 'us-west-2',
    ],
  },
];
