// The snippets of the README in Go, from which docs/go.md is made: each region is one of them.
package main

// README: imports
import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseventstargets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3assets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssagemaker"
	"github.com/aws/jsii-runtime-go"
	jobs "github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs"
)

// end

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
)

func quickStart(stack awscdk.Stack) (awss3.Bucket, jobs.ProcessingJob) {
	// README: A processing job
	bucket := awss3.NewBucket(stack, jsii.String("Bucket"), nil)

	prepare := jobs.NewProcessingJob(stack, jsii.String("Prepare"), &jobs.ProcessingJobProps{
		Image: jobs.ProcessingImage_ScikitLearn(jobs.ScikitLearnVersion_V1_2_1()),
		Code:  jobs.ProcessingCode_FromAsset(jsii.String("prepare.py"), nil),
		// The script finds this at /opt/ml/processing/input/raw …
		Inputs: &map[string]jobs.ProcessingInput{
			"raw": jobs.ProcessingInput_FromS3(jobs.S3Location_FromBucket(bucket, jsii.String("raw/")), nil),
		},
		// … and writes that to /opt/ml/processing/output/train.
		Outputs: &map[string]jobs.ProcessingOutput{
			"train": jobs.ProcessingOutput_ToS3(jobs.S3Location_FromBucket(bucket, jsii.String("train/")), nil),
		},
		// The deployment waits for the job, and fails with it.
		CompletionTimeout: awscdk.Duration_Minutes(jsii.Number(30)),
		InstanceType:      jobs.ProcessingInstanceType_M5_XLARGE(),
	})
	// end
	return bucket, prepare
}

func endpoint(stack awscdk.Stack) {
	// README: From a CSV to an endpoint
	bucket := awss3.NewBucket(stack, jsii.String("Bucket"), nil)
	// Uploaded by `cdk deploy`: 500 rows or more.
	customers := awss3assets.NewAsset(stack, jsii.String("Customers"), &awss3assets.AssetProps{
		Path: jsii.String("customers.csv"),
	})

	churn := jobs.NewAutoMLJob(stack, jsii.String("Churn"), &jobs.AutoMLJobProps{
		TrainingData: jobs.AutoMLDataset_FromS3(jobs.S3Location_FromAsset(customers), nil),
		// The column to predict.
		TargetAttributeName: jsii.String("churned"),
		Problem:             jobs.AutoMLProblem_BinaryClassification(jobs.AutoMLBinaryClassificationMetric_AUC),
		OutputLocation:      jobs.S3Location_FromBucket(bucket, jsii.String("automl/")),
		MaxRuntime:          awscdk.Duration_Hours(jsii.Number(3)),
	})

	// The deployment waits for the job: its best candidate is known at the end.
	best := jobs.NewAutoMLModel(stack, jsii.String("Best"), &jobs.AutoMLModelProps{Job: churn})

	config := awssagemaker.NewCfnEndpointConfig(stack, jsii.String("EndpointConfig"), &awssagemaker.CfnEndpointConfigProps{
		ProductionVariants: &[]*awssagemaker.CfnEndpointConfig_ProductionVariantProperty{{
			VariantName:          jsii.String("best"),
			ModelName:            best.ModelName(),
			InstanceType:         jsii.String("ml.m5.large"),
			InitialInstanceCount: jsii.Number(1),
			InitialVariantWeight: jsii.Number(1),
		}},
	})
	awssagemaker.NewCfnEndpoint(stack, jsii.String("Endpoint"), &awssagemaker.CfnEndpointProps{
		EndpointConfigName: config.AttrEndpointConfigName(),
	})

	awscdk.NewCfnOutput(stack, jsii.String("AUC"), &awscdk.CfnOutputProps{Value: churn.BestCandidateMetricValue()})
	// end
}

func forecast(stack awscdk.Stack) {
	// README: Time series, texts and images
	bucket := awss3.NewBucket(stack, jsii.String("Bucket"), nil)

	demand := jobs.NewAutoMLForecastingJob(stack, jsii.String("Demand"), &jobs.AutoMLForecastingJobProps{
		// CSV or Parquet: a row for each article and time.
		TrainingData:                jobs.AutoMLDataset_FromS3(jobs.S3Location_FromBucket(bucket, jsii.String("sales/")), nil),
		ItemIdentifierAttributeName: jsii.String("article"),
		TimestampAttributeName:      jsii.String("day"),
		TargetAttributeName:         jsii.String("sold"),
		ForecastFrequency:           jobs.AutoMLForecastFrequency_Days(jsii.Number(1)),
		ForecastHorizon:             jsii.Number(14),
		HolidayCountry:              jsii.String("DE"),
		OutputLocation:              jobs.S3Location_FromBucket(bucket, jsii.String("automl/")),
		MaxRuntime:                  awscdk.Duration_Hours(jsii.Number(3)),
	})

	jobs.NewAutoMLModel(stack, jsii.String("Forecaster"), &jobs.AutoMLModelProps{Job: demand})
	// end
}

func chain(stack awscdk.Stack, bucket awss3.Bucket, prepare jobs.ProcessingJob) {
	// README: One job after another
	churn := jobs.NewAutoMLJob(stack, jsii.String("Churn"), &jobs.AutoMLJobProps{
		// It starts when `prepare` has completed …
		TrainingData: jobs.AutoMLDataset_FromS3(prepare.OutputLocation(jsii.String("train")), nil),
		// … and runs again whenever `prepare` does.
		RerunTrigger:        prepare.ProcessingJobName(),
		TargetAttributeName: jsii.String("churned"),
		OutputLocation:      jobs.S3Location_FromBucket(bucket, jsii.String("automl/")),
	})
	// end
	_ = churn
}

func secrets(prepare jobs.ProcessingJob, credentials awssecretsmanager.ISecret) {
	// README: Code and secrets
	// The script calls GetSecretValue with the ARN in DATABASE.
	prepare.AddSecret(jsii.String("DATABASE"), credentials)
	// end
}

func rule(job jobs.IProcessingJob, topic awssns.Topic) {
	// README: Waiting
	job.OnFailed(jsii.String("Failed"), &awsevents.OnEventOptions{
		Target: awseventstargets.NewSnsTopic(topic, &awseventstargets.SnsTopicProps{
			Message: awsevents.RuleTargetInput_FromEventPath(jsii.String("$.detail.ProcessingJobName")),
		}),
	})
	// end
}

func override(prepare jobs.ProcessingJob) {
	// README: What is checked at synth
	// As the API spells it.
	prepare.AddRequestOverride(jsii.String("AppSpecification.NewMember"), 5)
	awscdk.Annotations_Of(prepare).AcknowledgeWarning(
		jsii.String("cdk-sagemaker-jobs:unknownInstanceType"), jsii.String("New last week"))
	// end
}

func permissions(bucket awss3.Bucket, prepare jobs.ProcessingJob, job jobs.IProcessingJob, watcher awsiam.IGrantable) {
	// README: Permissions
	// The job may read more.
	bucket.GrantRead(prepare, "reference/*")
	// A function may look at a job.
	job.Grants().Describe(watcher)
	// end
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Readme"), nil)
	bucket, prepare := quickStart(stack)
	chain(stack, bucket, prepare)
	secrets(prepare, awssecretsmanager.NewSecret(stack, jsii.String("Credentials"), nil))
	rule(prepare, awssns.NewTopic(stack, jsii.String("Topic"), nil))
	override(prepare)
	permissions(bucket, prepare, prepare, awsiam.NewUser(stack, jsii.String("Watcher"), nil))
	endpoint(awscdk.NewStack(app, jsii.String("Endpoint"), nil))
	forecast(awscdk.NewStack(app, jsii.String("Forecast"), nil))
	// As the page says of enums that are left out.
	jobs.AutoMLProblem_BinaryClassification("")
	app.Synth(nil)
}
