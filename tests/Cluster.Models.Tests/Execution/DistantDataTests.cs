using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Execution;

/// <summary>Data that another machine has, or nobody.</summary>
public sealed class DistantDataTests : IDisposable
{
    private static readonly string Asked = new('a', 64);

    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-distant-").FullName;
    private readonly Distant _distant = new();

    public DistantDataTests()
    {
        var rows = Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i % 7},{i % 5},{(i % 7 > i % 5 ? "yes" : "no")}"));
        File.WriteAllLines(Path.Combine(_folder, "rows.csv"), rows.Prepend("a,b,label"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void They_are_brought_here_and_stay_while_the_trial_runs()
    {
        _distant.Place = (Path.Combine(_folder, "rows.csv"), Asked);

        var run = Run(Named);

        run.Result.Objective.ShouldBeGreaterThan(0);
        _distant.Questions.ShouldBe([("rows", Asked)]);
        (_distant.Disposed, run.Reports.Count).ShouldBe((1, 2));
        run.Reports[0].Data!.Rows.ShouldBe(60);
    }

    [Fact]
    public void Other_content_than_was_asked_for_is_refused_and_let_go()
    {
        _distant.Place = (Path.Combine(_folder, "rows.csv"), new string('b', 64));

        var failure = Run(Named).Failure;

        (failure.Kind, _distant.Disposed).ShouldBe((TrialFailureKind.Misconfigured, 1));
        failure.Message.ShouldStartWith(DataCodes.OtherBytes);
    }

    [Fact]
    public void What_nobody_has_is_missing_here_and_no_fault_of_the_spec()
    {
        Run(Named).Failure.Kind.ShouldBe(TrialFailureKind.DataMissing);
        Run(Trials.Digits with { Source = Path.Combine(_folder, "none.csv") }).Failure.Kind.ShouldBe(TrialFailureKind.DataMissing);
        Run(Trials.Digits with { Source = Path.Combine(_folder, "rows.csv"), Target = "price" }).Failure.Kind
            .ShouldBe(TrialFailureKind.Misconfigured, "they are here");
    }

    [Fact]
    public void A_coordinator_that_is_out_of_reach_is_like_a_disk_that_passes()
    {
        _distant.Failure = new DataException(
            DataCodes.CannotOpen,
            "Data set 'rows' cannot be fetched now.",
            new StorageTroubleException(StorageTrouble.Unreachable, "gone"));

        var failure = Run(Named).Failure;

        failure.Kind.ShouldBe(TrialFailureKind.StorageUnavailable);
        failure.Message.ShouldBe($"SC3000 Data set 'rows' cannot be fetched now.{FailureClassifier.GoesOn}");
    }

    private static DataSpec Named => Trials.Digits with { Source = "registered:rows", Sha256 = Asked };

    private Recorder Run(DataSpec data) => Trials.Run(
        Trials.Assignment(Trials.Sane(epochs: 2), Trials.Plan(data: data)),
        executor: new WorkExecutor(registry: new DataRegistry(_folder), distant: _distant));

    private sealed class Distant : IDistantData
    {
        public (string Path, string Sha256)? Place { get; set; }

        public DataException? Failure { get; set; }

        public List<(string, string?)> Questions { get; } = [];

        public int Disposed { get; private set; }

        public IPlacedData? Bring(string name, string? sha256, CancellationToken cancellation)
        {
            Questions.Add((name, sha256));
            return Failure is not null ? throw Failure : Place is { } place ? new Placed(this, place.Path, place.Sha256) : null;
        }

        private sealed record Placed(Distant Owner, string Path, string Sha256) : IPlacedData
        {
            public DataFormat? Format => null;

            public void Dispose() => Owner.Disposed++;
        }
    }
}
