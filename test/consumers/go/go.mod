module example

go 1.25

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.240.0
	github.com/aws/constructs-go/constructs/v10 v10.5.1
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs v0.0.0
)

replace github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs => ../dist/go/cdksagemakerjobs

