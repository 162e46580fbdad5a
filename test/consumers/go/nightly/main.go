package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseventstargets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	jobs "github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs"
)

func newNightlyStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	bucket := awss3.NewBucket(stack, jsii.String("Bucket"), nil)
	topic := awssns.NewTopic(stack, jsii.String("Topic"), nil)

	// What runs: checked and granted once, with a network, a limit and tags.
	prepare := jobs.NewProcessingJobDefinition(stack, jsii.String("Prepare"), &jobs.ProcessingJobDefinitionProps{
		Image: jobs.ProcessingImage_ScikitLearn(jobs.ScikitLearnVersion_V1_2_1()),
		Code:  jobs.ProcessingCode_FromAsset(jsii.String("prepare.py"), nil),
		Inputs: &map[string]jobs.ProcessingInput{
			"raw": jobs.ProcessingInput_FromS3(jobs.S3Location_FromBucket(bucket, jsii.String("raw/")), nil),
		},
		Outputs: &map[string]jobs.ProcessingOutput{
			"train": jobs.ProcessingOutput_ToS3(jobs.S3Location_FromBucket(bucket, jsii.String("train/")), nil),
		},
		Environment:  &map[string]*string{"WHEN": jsii.String("now")},
		InstanceType: jobs.ProcessingInstanceType_M5_XLARGE(),
		MaxRuntime:   awscdk.Duration_Hours(jsii.Number(1)),
		Vpc:          awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2)}),
	})
	awscdk.Tags_Of(prepare).Add(jsii.String("team"), jsii.String("data"), nil)
	prepare.OnFailed(jsii.String("Failed"), &awsevents.OnEventOptions{Target: awseventstargets.NewSnsTopic(topic, nil)})

	// It runs now, in the deployment …
	job := jobs.NewProcessingJob(stack, jsii.String("Now"), &jobs.ProcessingJobProps{
		Definition:        prepare,
		CompletionTimeout: awscdk.Duration_Minutes(jsii.Number(30)),
	})
	alarm := job.MetricMemoryUtilization(&jobs.ProcessingJobMetricOptions{Statistic: jsii.String("Maximum")}).
		CreateAlarm(stack, jsii.String("MemoryIsShort"), &awscloudwatch.CreateAlarmOptions{
			Threshold:         jsii.Number(90),
			EvaluationPeriods: jsii.Number(3),
		})
	alarm.AddAlarmAction(awscloudwatchactions.NewSnsAction(topic))

	// … every night …
	awsscheduler.NewSchedule(stack, jsii.String("EveryNight"), &awsscheduler.ScheduleProps{
		Schedule: awsscheduler.ScheduleExpression_Cron(&awsscheduler.CronOptionsWithTimezone{
			Hour:   jsii.String("3"),
			Minute: jsii.String("0"),
		}),
		Target: jobs.NewProcessingJobTarget(prepare, &jobs.ProcessingJobTargetOptions{
			Environment: &map[string]*string{"WHEN": jsii.String("<aws.scheduler.scheduled-time>")},
		}),
	})

	// … and as a state of a state machine.
	state := jobs.RunProcessingJob_Jsonata(stack, jsii.String("PrepareDay"), &jobs.RunProcessingJobJsonataProps{
		Definition:  prepare,
		Environment: &map[string]*string{"WHEN": jsii.String("{% $states.input.day %}")},
	})
	awsstepfunctions.NewStateMachine(stack, jsii.String("Days"), &awsstepfunctions.StateMachineProps{
		DefinitionBody: awsstepfunctions.DefinitionBody_FromChainable(state),
	})
	return stack
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newNightlyStack(app, "Nightly")
	app.Synth(nil)
}
