using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.Scheduler;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.StepFunctions;
using CdkSagemakerJobs;
using Constructs;
// Amazon.CDK.AWS.Events has another.
using Schedule = Amazon.CDK.AWS.Scheduler.Schedule;

namespace Example
{
    public class NightlyStack : Stack
    {
        public NightlyStack(Construct scope, string id) : base(scope, id)
        {
            var bucket = new Bucket(this, "Bucket");
            var topic = new Topic(this, "Topic");

            // What runs: checked and granted once, with a network, a limit and tags.
            var prepare = new ProcessingJobDefinition(this, "Prepare", new ProcessingJobDefinitionProps {
                Image = ProcessingImage.ScikitLearn(ScikitLearnVersion.V1_2_1),
                Code = ProcessingCode.FromAsset("prepare.py"),
                Inputs = new Dictionary<string, ProcessingInput> { { "raw", ProcessingInput.FromS3(S3Location.FromBucket(bucket, "raw/")) } },
                Outputs = new Dictionary<string, ProcessingOutput> { { "train", ProcessingOutput.ToS3(S3Location.FromBucket(bucket, "train/")) } },
                Environment = new Dictionary<string, string> { { "WHEN", "now" } },
                InstanceType = ProcessingInstanceType.M5_XLARGE,
                MaxRuntime = Duration.Hours(1),
                Vpc = new Vpc(this, "Vpc", new VpcProps { MaxAzs = 2 })
            });
            // Tags alone would be those of the stack.
            Amazon.CDK.Tags.Of(prepare).Add("team", "data");
            prepare.OnFailed("Failed", new OnEventOptions { Target = new SnsTopic(topic) });

            // It runs now, in the deployment …
            var job = new ProcessingJob(this, "Now", new ProcessingJobProps { Definition = prepare, CompletionTimeout = Duration.Minutes(30) });
            var alarm = job.MetricMemoryUtilization(new ProcessingJobMetricOptions { Statistic = "Maximum" })
                .CreateAlarm(this, "MemoryIsShort", new CreateAlarmOptions { Threshold = 90, EvaluationPeriods = 3 });
            alarm.AddAlarmAction(new SnsAction(topic));

            // … every night …
            new Schedule(this, "EveryNight", new ScheduleProps {
                Schedule = ScheduleExpression.Cron(new CronOptionsWithTimezone { Hour = "3", Minute = "0" }),
                Target = new ProcessingJobTarget(prepare, new ProcessingJobTargetOptions {
                    Environment = new Dictionary<string, string> { { "WHEN", "<aws.scheduler.scheduled-time>" } }
                })
            });

            // … and as a state of a state machine.
            var state = RunProcessingJob.Jsonata(this, "PrepareDay", new RunProcessingJobJsonataProps {
                Definition = prepare,
                Environment = new Dictionary<string, string> { { "WHEN", "{% $states.input.day %}" } }
            });
            new StateMachine(this, "Days", new StateMachineProps { DefinitionBody = DefinitionBody.FromChainable(state) });
        }
    }

    public static class Program
    {
        public static void Main()
        {
            var app = new App();
            new NightlyStack(app, "Nightly");
            app.Synth();
        }
    }
}
