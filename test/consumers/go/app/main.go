package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	jobs "github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs"
)

func newJobsStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	bucket := awss3.NewBucket(stack, jsii.String("Bucket"), nil)
	image := jobs.ProcessingImage_ScikitLearn(jobs.ScikitLearnVersion_V1_2_1())
	in := func(prefix string) jobs.S3Location {
		return jobs.S3Location_FromBucket(bucket, &prefix)
	}

	// The entries of a Go map have another order each time that they are read.
	prepare := jobs.NewProcessingJob(stack, jsii.String("Prepare"), &jobs.ProcessingJobProps{
		Image: image,
		Code:  jobs.ProcessingCode_FromAsset(jsii.String("scripts/prepare.py"), nil),
		Inputs: &map[string]jobs.ProcessingInput{
			"raw": jobs.ProcessingInput_FromS3(in("raw/"), &jobs.ProcessingS3InputOptions{
				Distribution: jobs.ProcessingDataDistribution_SHARDED_BY_S3_KEY,
			}),
			"labels": jobs.ProcessingInput_FromS3(in("labels/"), nil),
		},
		Outputs: &map[string]jobs.ProcessingOutput{
			"train": jobs.ProcessingOutput_ToS3(in("train/"), nil),
			"test":  jobs.ProcessingOutput_ToS3(in("test/"), nil),
		},
		Environment: &map[string]*string{
			"STAGE":      jsii.String("test"),
			"SEED":       jsii.String("42"),
			"TEST_SHARE": jsii.String("0.2"),
			"LABEL":      jsii.String("species"),
		},
		InstanceType:      jobs.ProcessingInstanceType_M5_XLARGE(),
		InstanceCount:     jsii.Number(2),
		CompletionTimeout: awscdk.Duration_Minutes(jsii.Number(30)),
	})
	awscdk.Tags_Of(prepare).Add(jsii.String("team"), jsii.String("data"), nil)
	awscdk.Tags_Of(prepare).Add(jsii.String("stage"), jsii.String("test"), nil)
	prepare.AddRequestOverride(jsii.String("NewMember.Count"), 5)
	prepare.AddRequestOverride(jsii.String("NewMember.Share"), 2.5)
	prepare.AddRequestOverride(jsii.String("NewMember.Flag"), true)

	evaluate := jobs.NewProcessingJob(stack, jsii.String("Evaluate"), &jobs.ProcessingJobProps{
		Image: image,
		Code:  jobs.ProcessingCode_FromAsset(jsii.String("scripts/evaluate.py"), nil),
		Inputs: &map[string]jobs.ProcessingInput{
			"train": jobs.ProcessingInput_FromS3(prepare.OutputLocation(jsii.String("train")), nil),
			"test":  jobs.ProcessingInput_FromS3(prepare.OutputLocation(jsii.String("test")), nil),
		},
		Outputs: &map[string]jobs.ProcessingOutput{
			"report": jobs.ProcessingOutput_ToS3(in("report/"), nil),
		},
		InstanceType: jobs.ProcessingInstanceType_Of(jsii.String("ml.m5.large")),
		MaxRuntime:   awscdk.Duration_Hours(jsii.Number(1)),
	})

	species := jobs.NewAutoMLJob(stack, jsii.String("Species"), &jobs.AutoMLJobProps{
		TrainingData:        jobs.AutoMLDataset_FromS3(prepare.OutputLocation(jsii.String("train")), nil),
		TargetAttributeName: jsii.String("species"),
		Problem:             jobs.AutoMLProblem_MulticlassClassification(jobs.AutoMLMulticlassClassificationMetric_F1_MACRO),
		Mode: jobs.AutoMLMode_Ensembling(&jobs.AutoMLEnsemblingOptions{
			Algorithms: &[]jobs.AutoMLEnsemblingAlgorithm{jobs.AutoMLEnsemblingAlgorithm_XGBOOST, jobs.AutoMLEnsemblingAlgorithm_RANDOM_FOREST},
		}),
		OutputLocation: in("automl/"),
		MaxRuntime:     awscdk.Duration_Hours(jsii.Number(3)),
	})
	best := jobs.NewAutoMLModel(stack, jsii.String("Best"), &jobs.AutoMLModelProps{Job: species})

	awscdk.NewCfnOutput(stack, jsii.String("ExitMessage"), &awscdk.CfnOutputProps{Value: evaluate.ExitMessage()})
	awscdk.NewCfnOutput(stack, jsii.String("Report"), &awscdk.CfnOutputProps{
		Value: evaluate.OutputLocation(jsii.String("report")).Uri(),
	})
	awscdk.NewCfnOutput(stack, jsii.String("F1"), &awscdk.CfnOutputProps{Value: species.BestCandidateMetricValue()})
	awscdk.NewCfnOutput(stack, jsii.String("Model"), &awscdk.CfnOutputProps{Value: best.ModelName()})
	return stack
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newJobsStack(app, "Jobs")
	app.Synth(nil)
}
