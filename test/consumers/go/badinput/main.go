package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	jobs "github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs"
)

func main() {
	defer jsii.Close()
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Jobs"), nil)
	jobs.NewProcessingJob(stack, jsii.String("Bad"), &jobs.ProcessingJobProps{
		Image:       jobs.ProcessingImage_ScikitLearn(jobs.ScikitLearnVersion_V1_2_1()),
		Entrypoint:  jsii.Strings("python3", "-m", "prepare"),
		Environment: &map[string]*string{"1ST": jsii.String("a")},
		Inputs: &map[string]jobs.ProcessingInput{
			"raw": jobs.ProcessingInput_FromS3(jobs.S3Location_FromUri(jsii.String("s3://data/raw/")), &jobs.ProcessingS3InputOptions{
				LocalPath: jsii.String("/data"),
			}),
		},
		InstanceType: jobs.ProcessingInstanceType_M5_XLARGE(),
		MaxRuntime:   awscdk.Duration_Days(jsii.Number(30)),
	})
}
