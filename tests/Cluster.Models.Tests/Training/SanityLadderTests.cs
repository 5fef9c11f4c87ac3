using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Sanity;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Tests.Training;

public sealed class SanityLadderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-sanity-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sound_configuration_climbs_all_rungs()
    {
        var told = new List<string>();
        var report = Climb(
            Trials.Plan(), Trials.Sane().With("dropout", ParameterValue.Real(0.5)).With("reg", ParameterValue.Real(10)), told.Add);

        report.CanLearn.ShouldBeTrue(string.Join("; ", report.Rungs.Select(rung => rung.Finding)));
        report.StartsWell.ShouldBeTrue();
        report.ExpectedLoss.ShouldBe(Math.Log(10));
        report.Rungs.Select(rung => rung.Rows).ShouldBe([1, 10, 200]);
        report.Rungs.ShouldAllBe(rung => rung.Losses.Last() < rung.Losses[0]);
        report.Parameters.ShouldBe((64 * 32) + 32 + (32 * 10) + 10);
        report.Rows.ShouldBe((1078, 362, 357));
        report.Cost.SecondsPerEpoch.ShouldBeGreaterThan(0);
        report.Cost.Steps.ShouldBe((1078 + report.Cost.BatchSize - 1) / report.Cost.BatchSize);
        report.Cost.LargestBatch.ShouldBe(1078);
        told.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData(1e-7)]
    [InlineData(1000)]
    public void A_step_size_that_cannot_work_is_found(double learningRate)
    {
        var report = Climb(Trials.Plan(), Trials.Sane(optimizer: "sgd").With("learningRate", ParameterValue.Real(learningRate)));

        report.CanLearn.ShouldBeFalse();
        report.Rungs[1].Finding.ShouldContain("cannot learn them by heart");
    }

    [Fact]
    public void Numbers_are_learned_too_and_have_no_expected_loss()
    {
        var stream = new RandomStream(4);
        var file = Path.Combine(_folder, "line.csv");
        File.WriteAllText(file, "a,b,y\n" + string.Concat(Enumerable.Range(0, 80).Select(_ =>
        {
            var (a, b) = (stream.NextGaussian(), stream.NextGaussian());
            return FormattableString.Invariant($"{a:R},{b:R},{(3 * a) - b:R}\n");
        })));
        var data = new DataSpec(file, "y", new SplitSpec(), Table: new() { Answer = TargetKind.Numbers });
        var plan = Trials.Plan(workload: "mlp-regressor") with { Data = data };

        var report = Climb(plan, Trials.Values(
            ("epochs", ParameterValue.Integer(5)),
            ("hiddenSize", ParameterValue.Integer(16)),
            ("learningRate", ParameterValue.Real(0.01))));

        report.CanLearn.ShouldBeTrue(string.Join("; ", report.Rungs.Select(rung => rung.Finding)));
        report.ExpectedLoss.ShouldBeNull();
    }

    [Fact]
    public void A_workload_without_a_network_has_nothing_to_check() =>
        Should.Throw<WorkloadConfigurationException>(() => Climb(Trials.Plan(workload: "function"), ParameterValues.Empty)).Message
            .ShouldContain("trains no network");

    private static SanityReport Climb(TrialPlan plan, ParameterValues values, Action<string>? progress = null) => SanityLadder.Run(
        WorkloadCatalog.Default,
        plan,
        values,
        "cpu",
        new WorkContext(new MemoryArtifactStore(), _ => { }, new StepClock(), TestContext.Current.CancellationToken),
        progress ?? (_ => { }));

    /// <summary>Each look at it takes a millisecond, so that no limit cuts a rung short on a busy machine.</summary>
    private sealed class StepClock : TimeProvider
    {
        private long _milliseconds;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => Interlocked.Increment(ref _milliseconds);
    }
}
