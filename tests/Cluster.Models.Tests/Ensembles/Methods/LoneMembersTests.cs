using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Ensembles.Methods;

/// <summary>Members whose training is an attempt of its own, and what the ensemble finds of them.</summary>
public sealed class LoneMembersTests : EnsembleFixture
{
    [Fact]
    public void An_ensemble_that_was_interrupted_goes_on_with_the_members_it_has()
    {
        Train(1);
        using var cancellation = new CancellationTokenSource();
        var store = new CountingStore(
            _store, path => path.EndsWith("001/searches/digits/trials/0000/checkpoint.scc", StringComparison.Ordinal), cancellation.Cancel);
        new WorkExecutor()
            .Run(Assignment(3, "bagging", 1), Context with { Artifacts = store, Cancellation = cancellation.Token })
            .ShouldBeOfType<AttemptHalted>();
        var first = File.GetLastWriteTimeUtc(Path.Combine(_root, "searches/digits/bagging/000/finished.scm"));

        var report = Build(3, "bagging", candidates: 1).ShouldBeOfType<EnsembleCompleted>().Report;

        File.GetLastWriteTimeUtc(Path.Combine(_root, "searches/digits/bagging/000/finished.scm")).ShouldBe(first);
        Directory.Delete(Path.Combine(_root, "searches/digits/bagging"), recursive: true);
        Build(3, "bagging", candidates: 1).ShouldBeOfType<EnsembleCompleted>().Report.Metrics.ShouldBe(report.Metrics);
    }

    [Theory]
    [InlineData("bagging")]
    [InlineData("folds")]
    public void Members_that_were_trained_alone_make_the_same_ensemble(string type)
    {
        Train(2);
        var whole = Build(3, type, candidates: 2).ShouldBeOfType<EnsembleCompleted>().Report;
        Directory.Delete(Directory.GetDirectories(Path.Combine(_root, "searches/digits"), type + "*").Single(), recursive: true);
        var assignment = Assignment(3, type, 2);

        foreach (var number in (int[])[2, 0, 1])
        {
            new WorkExecutor().Run(Member(assignment, number), Context).ShouldBe(new MemberCompleted());
        }

        var written = Finished();
        written.Count.ShouldBe(3);
        new WorkExecutor().Run(assignment, Context).ShouldBeOfType<EnsembleCompleted>().Report.ShouldBe(whole);
        Finished().ShouldBe(written, "nothing is trained a second time");

        Dictionary<string, DateTime> Finished() =>
            Directory.GetFiles(Path.Combine(_root, "searches/digits"), "finished.scm", SearchOption.AllDirectories)
                .ToDictionary(file => file, File.GetLastWriteTimeUtc);
    }

    [Fact]
    public void Members_that_failed_are_left_out_and_the_card_says_so()
    {
        Train(2);

        var report = new WorkExecutor().Run(Assignment(3, "bagging", 2) with
        {
            FailedMembers = [1],
        }, Context).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Members.ShouldBe([new TrialId(0), new TrialId(0)]);
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));
        ensemble.Card.ShouldContain("1 of 3 members could not be trained");
    }

    [Fact]
    public void A_member_that_cannot_be_trained_fails_with_its_own_kind()
    {
        Train(1);
        var assignment = Assignment(3, "bagging", 1);
        var broken = assignment with
        {
            Members = assignment.Members
                .Select(member => member with
                {
                    Values = Trials.Sane(optimizer: "sgd")
                    .With("learningRate", ParameterValue.Real(1000))
                    .With("reg", ParameterValue.Real(1000))
                })
                .ToValueArray(),
        };

        var failure = new WorkExecutor().Run(Member(broken, 0), Context).ShouldBeOfType<AttemptFailed>().Failure;

        failure.Kind.ShouldBe(TrialFailureKind.Diverged);
        failure.Message.ShouldStartWith("Member 0 of the ensemble could not be trained");
    }

    /// <summary>A store that tells when a path was written.</summary>
    private sealed class CountingStore(IArtifacts inner, Func<string, bool> isWatched, Action onWritten) : IArtifacts
    {
        public Stream? OpenRead(string path) => inner.OpenRead(path);

        public void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss)
        {
            inner.Write(path, write, durability);
            if (isWatched(path))
            {
                onWritten();
            }
        }

        public bool Exists(string path) => inner.Exists(path);
    }
}
