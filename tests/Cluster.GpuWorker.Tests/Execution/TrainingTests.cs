using Microsoft.Extensions.Logging.Abstractions;
using SearchCluster.Artifacts;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Models.Execution;

namespace SearchCluster.GpuWorker.Tests.Execution;

/// <summary>The production executor inside the host.</summary>
public sealed class TrainingTests
{
    [Fact]
    public async Task A_trial_on_the_digits_trains_reports_each_epoch_and_keeps_its_model()
    {
        using var folder = new TemporaryFolder();
        using var outbox = OutcomeOutbox.Open(folder.FullPath, NullLogger.Instance);
        var executor = new WorkExecutor();
        using var host = new AttemptHost(
            Samples.Description(),
            executor,
            new FolderArtifactStore(folder.FullPath),
            outbox,
            new(TimeProvider.System, TimeSpan.FromMinutes(1)),
            NullLogger<AttemptHost>.Instance);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = host.Subscribe(() =>
        {
            if (host.FreeSlots == 1)
            {
                ended.TrySetResult();
            }
        });

        host.TryStart(new AssignmentGroup([DigitsTrial(epochs: 3)]));
        await ended.Task.Patiently();

        var reports = host.Pending(10);
        var result = reports[^1].Outcome.ShouldBeOfType<AttemptCompleted>($"{reports[^1].Outcome}").Result;
        reports.Select(report => report.Measurement?.Resource).ShouldBe([1, 2, 3, null]);
        result.LastResource.ShouldBe(3);
        result.Metrics["val/accuracy"].ShouldBeGreaterThan(0.8);
        File.Exists(Path.Combine(folder.FullPath, ArtifactPaths.Model(Samples.Search, new TrialId(0)))).ShouldBeTrue();
    }

    private static TrialAssignment DigitsTrial(int epochs)
    {
        var values = ParameterValues.Empty.With("epochs", ParameterValue.Integer(epochs)).With("learningRate", ParameterValue.Real(0.005));
        var plan = new TrialPlan(
            7,
            new WorkloadSpec("mlp", ParameterValues.Empty),
            new DataSpec("digits", null, new SplitSpec()),
            new ObjectiveSpec("val/loss", Direction.Minimize),
            null);
        return new(Samples.Lease(0), values, Seed: 11, plan);
    }
}
