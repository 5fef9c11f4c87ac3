using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Ensembles;

public sealed class EnsembleTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-models-").FullName;

    private readonly StoredArtifacts _store;

    public EnsembleTests()
    {
        TorchRuntime.Initialize();
        _store = new(new FolderArtifactStore(_root));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_soft_vote_is_the_mean_and_a_hard_vote_counts_heads()
    {
        double[][,] members = [new[,] { { 0.9, 0.1 } }, new[,] { { 0.4, 0.6 } }, new[,] { { 0.4, 0.6 } }];

        var soft = Voting.Combine(members, EnsembleCombination.MeanProbability);
        var hard = Voting.Combine(members, EnsembleCombination.Vote);

        soft[0, 0].ShouldBe(1.7 / 3, 1e-6);
        Voting.BestClass(soft, 0).ShouldBe(0);
        hard[0, 1].ShouldBe((2 + (1.3 / 3)) / 4, 1e-6);
        Voting.BestClass(hard, 0).ShouldBe(1);
        (hard[0, 0] + hard[0, 1]).ShouldBe(1.0, 1e-6);
    }

    [Fact]
    public void A_tie_of_heads_goes_to_the_larger_mean_probability()
    {
        double[][,] members = [new[,] { { 0.6, 0.4 } }, new[,] { { 0.1, 0.9 } }];

        Voting.BestClass(Voting.Combine(members, EnsembleCombination.Vote), 0).ShouldBe(1);
    }

    [Fact]
    public void Loss_and_accuracy_are_those_of_the_true_class()
    {
        var scores = RowScore.OfClasses(new[,] { { 0.5, 0.5 }, { 0.25, 0.75 } }, [1, 1]);

        scores[0].Mean.ShouldBe((Math.Log(2) - Math.Log(0.75)) / 2, 1e-6);
        scores[1].Mean.ShouldBe(0.5);
    }

    [Fact]
    public void An_ensemble_is_scored_beside_its_best_member_saved_and_loaded_again()
    {
        var results = Train(3);

        var report = Build(3).ShouldBeOfType<EnsembleCompleted>().Report;
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));

        report.Members.ShouldBe([new TrialId(0), new TrialId(1), new TrialId(2)]);
        report.Metrics.Keys.ShouldBe(["test/accuracy", "test/loss", "val/accuracy", "val/loss"]);
        report.BestSingle["val/loss"].ShouldBe(results[0].Metrics["val/loss"], 1e-5);
        report.BestSingle["test/accuracy"].ShouldBe(results[0].Metrics["test/accuracy"], 1e-9);
        report.Metrics["val/loss"].ShouldBeLessThan(results.Average(result => result.Metrics["val/loss"]));
        ensemble.Metrics.ShouldBe(report.Metrics);
        ensemble.Members.ShouldBe(report.Members);
        ensemble.Card.ShouldContain("Members are the best trials");
        report.Weights.ShouldBeNull();
        report.Gains!["test/loss"].Value.ShouldBe(report.BestSingle["test/loss"] - report.Metrics["test/loss"], 1e-9);
        report.Gains["test/loss"].Low.ShouldBeLessThan(report.Gains["test/loss"].Value);
        ensemble.Gains.ShouldBe(report.Gains);
    }

    [Fact]
    public void A_loaded_model_predicts_raw_rows_as_well_as_it_was_scored()
    {
        Train(1);
        var samples = (TableSamples)SampleReader.Read(Trials.Digits);
        var rows = samples.Table;
        var test = DataSplit.Create(samples, new SplitSpec(), 42).Test;
        var raw = new double[test.Length, 64];
        for (var i = 0; i < test.Length * 64; i++)
        {
            raw[i / 64, i % 64] = rows.Features[(test[i / 64] * 64) + (i % 64)];
        }

        using var model = TrainedModel.Load(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));
        var probabilities = model.Predict(raw);

        var right = Enumerable.Range(0, test.Length).Count(row => model.ClassLabels[Voting.BestClass(probabilities, row)] == rows.Answer.ClassLabels[rows.Answer.Classes[test[row]]]);
        (right / (double)test.Length).ShouldBe(model.Metrics["test/accuracy"], 1e-9);
        Should.Throw<ArtifactException>(() => model.Predict(new double[1, 3])).Code.ShouldBe("SC4120");
    }

    [Theory]
    [InlineData("loss", "bce")]
    [InlineData("loss", "hinge")]
    [InlineData("classWeights", "balanced")]
    [InlineData("dropoutSamples", "")]
    public void A_saved_model_is_scored_as_its_trial_was_whatever_it_was_trained_for(string name, string text)
    {
        var value = text.Length > 0 ? ParameterValue.Text(text) : ParameterValue.Integer(3);
        var data = Trials.Digits with { Split = new SplitSpec(TrainRows: new(0, 299), ValidationRows: new(300, 399), TestRows: new(400, 599)) };
        var values = Trials.Sane(epochs: 2).With("dropout", ParameterValue.Real(0.3)).With(name, value);
        var result = new WorkExecutor().Run(Trials.Assignment(values, Trials.Plan(data: data), seed: 11), Context).ShouldBeOfType<AttemptCompleted>().Result;
        var samples = ((TableSamples)SampleReader.Read(Trials.Digits)).Table;
        var rows = new double[200, 64];
        Buffer.BlockCopy(samples.Features, 400 * 64 * sizeof(double), rows, 0, rows.Length * sizeof(double));
        var labels = samples.Answer.Classes.Skip(400).Take(200).Select(k => samples.Answer.ClassLabels[k]).ToList();

        using var model = TrainedModel.Load(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));
        var scores = model.Evaluate(new PredictorInput.Rows(rows), KnownAnswers.OfClasses(labels, model.ClassLabels));

        scores.Rows.ShouldBe(200);
        foreach (var (metric, score) in scores.Metrics)
        {
            score.ShouldBe(result.Metrics["test/" + metric], 1e-6, metric);
        }
    }

    [Fact]
    public void A_damaged_member_is_named_with_its_file_and_what_to_do()
    {
        Train(2);
        var folder = Path.Combine(_root, Build(2).ShouldBeOfType<EnsembleCompleted>().Report.Artifact);
        var file = Path.Combine(folder, "trial-0001.scm");
        var bytes = File.ReadAllBytes(file);
        bytes[^40] ^= 1;
        File.WriteAllBytes(file, bytes);

        var damaged = Should.Throw<ArtifactException>(() => EnsembleModel.Load(folder)).Message;
        damaged.ShouldContain("trial-0001.scm");
        damaged.ShouldContain("searchcluster ensemble build digits");
        File.Delete(file);
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(folder)).Message.ShouldContain("trial-0001.scm");
    }

    [Fact]
    public void Fewer_trials_than_members_asked_for_are_told()
    {
        Train(2);
        var told = new List<string>();
        var assignment = new EnsembleAssignment(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1), new EnsembleSpec("top-k", 50), [.. Enumerable.Range(0, 2).Select(trial => new EnsembleMember(new(trial), Trials.Sane(epochs: 5), 0.1))], Trials.Plan());

        new WorkExecutor().Run(assignment, Context with { Warn = told.Add }).ShouldBeOfType<EnsembleCompleted>();

        told.ShouldContain("The ensemble asks for 50 members, but the search has 2 finished trials with a saved model: the ensemble has 2.");
    }

    [Fact]
    public void Every_method_has_someone_who_makes_its_members() =>
        Models.Ensembles.Methods.MemberMakers.Names.ShouldBe(Contracts.Ensembles.EnsembleMethods.All.Select(method => method.Name), ignoreOrder: true);

    [Fact]
    public void A_member_without_a_model_does_not_vote()
    {
        Train(2);
        File.Delete(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));

        Build(2).ShouldBeOfType<EnsembleCompleted>().Report.Members.ShouldBe([new TrialId(1)]);
    }

    [Fact]
    public void Without_any_model_there_is_no_ensemble() =>
        Build(2).ShouldBeOfType<AttemptFailed>().Failure.Message.ShouldContain("None of the 2 members");

    [Fact]
    public void A_folder_that_is_no_ensemble_is_refused()
    {
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4000");
        File.WriteAllText(Path.Combine(_root, "ensemble.json"), "{\"format\":7}");
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4003");
        File.WriteAllText(Path.Combine(_root, "ensemble.json"), "{");
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4011");
    }

    private WorkContext Context => new(_store, _ => { }, TimeProvider.System, CancellationToken.None);

    private TrialResult[] Train(int count) => [.. Enumerable.Range(0, count)
        .Select(trial => new WorkExecutor().Run(Trials.Assignment(Trials.Sane(epochs: 5), trial: trial, seed: (ulong)trial), Context))
        .Select(outcome => outcome.ShouldBeOfType<AttemptCompleted>().Result)];

    [Fact]
    public void Weights_count_in_both_votes()
    {
        double[][,] members = [new[,] { { 0.9, 0.1 } }, new[,] { { 0.2, 0.8 } }];

        Voting.Combine(members, EnsembleCombination.MeanProbability, [3, 1])[0, 0].ShouldBe(0.725, 1e-6);
        var hard = Voting.Combine(members, EnsembleCombination.Vote, [3, 1]);
        hard[0, 0].ShouldBe(((2 * 0.75) + 0.725) / 3, 1e-6);
        (hard[0, 0] + hard[0, 1]).ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Greedy_selection_takes_what_helps_most_and_may_take_it_again()
    {
        // Of one row with truth 1: two poor candidates first, then the one that is right.
        double[][,] candidates = [new[,] { { 0.5, 0.5 } }, new[,] { { 0.6, 0.4 } }, new[,] { { 0.1, 0.9 } }];

        GreedySelection.Choose(candidates, 5, mixed => (1 - mixed[0, 1], 0)).ShouldBe([1, 1, 3]);
    }

    [Fact]
    public void Greedy_selection_takes_no_model_that_makes_it_worse()
    {
        double[][,] candidates = [new[,] { { 0.1, 0.9 } }, new[,] { { 0.6, 0.4 } }];

        GreedySelection.Choose(candidates, 4, mixed => (1 - mixed[0, 1], 0)).ShouldBe([1, 0]);

        // Both are right, so that the second number decides.
        GreedySelection.Choose([candidates[1], candidates[0]], 1, mixed => (0, 1 - mixed[0, 1])).ShouldBe([1, 0]);
        GreedySelection.Choose([candidates[1], candidates[0]], 3, mixed => (0, 1 - mixed[0, 1])).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_greedy_ensemble_is_no_worse_on_the_validation_part_and_keeps_predictions_for_the_next_one()
    {
        Train(4);

        var report = Build(6, "greedy", candidates: 4).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Metrics["val/loss"].ShouldBeLessThanOrEqualTo(Build(2).ShouldBeOfType<EnsembleCompleted>().Report.Metrics["val/loss"]);
        report.Weights?.Sum().ShouldBe(1, 1e-9);
        Enumerable.Range(0, 4).ShouldAllBe(trial => _store.Exists(ArtifactPaths.Predictions(Trials.Search, new TrialId(trial))));
        Build(6, "greedy", candidates: 4).ShouldBeOfType<EnsembleCompleted>().Report.Metrics.ShouldBe(report.Metrics);
    }

    [Fact]
    public void Bagging_trains_on_bootstrap_samples_and_measures_out_of_bag()
    {
        Train(2);

        var report = Build(3, "bagging", candidates: 2).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Members.ShouldBe([new TrialId(0), new TrialId(1), new TrialId(0)]);
        report.Metrics["oob/accuracy"].ShouldBe(report.Metrics["test/accuracy"], 0.05);
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));
        ensemble.Method.ShouldBe("bagging");
        ensemble.Card.ShouldContain("bootstrap");
        _store.Exists($"{ArtifactPaths.Search(Trials.Search)}/bagging/000/{ArtifactPaths.Model(Trials.Search, new TrialId(0))}").ShouldBeTrue();
    }

    [Fact]
    public void An_ensemble_that_was_interrupted_goes_on_with_the_members_it_has()
    {
        Train(1);
        using var cancellation = new CancellationTokenSource();
        var store = new CountingStore(_store, path => path.EndsWith("001/searches/digits/trials/0000/checkpoint.scc", StringComparison.Ordinal), cancellation.Cancel);
        new WorkExecutor().Run(Assignment(3, "bagging", 1), Context with { Artifacts = store, Cancellation = cancellation.Token }).ShouldBeOfType<AttemptHalted>();
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
            Directory.GetFiles(Path.Combine(_root, "searches/digits"), "finished.scm", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc);
    }

    [Fact]
    public void Members_that_failed_are_left_out_and_the_card_says_so()
    {
        Train(2);

        var report = new WorkExecutor().Run(Assignment(3, "bagging", 2) with { FailedMembers = [1] }, Context).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Members.ShouldBe([new TrialId(0), new TrialId(0)]);
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));
        ensemble.Card.ShouldContain("1 of 3 members could not be trained");
    }

    [Fact]
    public void A_member_that_cannot_be_trained_fails_with_its_own_kind()
    {
        Train(1);
        var assignment = Assignment(3, "bagging", 1);
        var broken = assignment with { Members = assignment.Members.Select(member => member with { Values = Trials.Sane(optimizer: "sgd").With("learningRate", ParameterValue.Real(1000)).With("reg", ParameterValue.Real(1000)) }).ToValueArray() };

        var failure = new WorkExecutor().Run(Member(broken, 0), Context).ShouldBeOfType<AttemptFailed>().Failure;

        failure.Kind.ShouldBe(TrialFailureKind.Diverged);
        failure.Message.ShouldStartWith("Member 0 of the ensemble could not be trained");
    }

    [Fact]
    public void Boosting_weighs_votes_by_errors()
    {
        Train(1);

        var report = Build(3, "adaboost", candidates: 1, combine: EnsembleCombination.Vote).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Members.Count.ShouldBeInRange(1, 3);
        report.Metrics["test/accuracy"].ShouldBeGreaterThan(report.BestSingle["test/accuracy"] - 0.02);
        report.Weights!.Distinct().Count().ShouldBe(report.Members.Count);
    }

    [Fact]
    public void Folds_measure_each_row_by_the_member_that_did_not_see_it()
    {
        Train(1);

        var report = Build(4, "folds", candidates: 1).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Metrics["oof/accuracy"].ShouldBe(report.Metrics["test/accuracy"], 0.05);
        report.Metrics["val/accuracy"].ShouldBeGreaterThanOrEqualTo(report.Metrics["oof/accuracy"] - 0.02);
    }

    [Fact]
    public void Another_number_of_folds_uses_none_of_the_members_before()
    {
        Train(1);
        var three = Build(3, "folds", candidates: 1).ShouldBeOfType<EnsembleCompleted>().Report;
        Build(4, "folds", candidates: 1).ShouldBeOfType<EnsembleCompleted>();

        Directory.Delete(Path.Combine(_root, "searches/digits/folds-3"), recursive: true);
        Build(3, "folds", candidates: 1).ShouldBeOfType<EnsembleCompleted>().Report.Metrics.ShouldBe(three.Metrics);
    }

    [Fact]
    public void Kept_predictions_of_another_validation_part_are_not_read()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var part = new DataPart(TorchSharp.torch.ones(2, 3), TorchSharp.torch.zeros(2), 2);
        var other = part with { Inputs = TorchSharp.torch.zeros(2, 3) };
        new PredictionStore(_store, Trials.Search, part).Write(new TrialId(0), new[,] { { 1.0 }, { 2.0 } });

        new PredictionStore(_store, Trials.Search, part).Read(new TrialId(0), 2, 1).ShouldBe(new[,] { { 1.0 }, { 2.0 } });
        new PredictionStore(_store, Trials.Search, other).Read(new TrialId(0), 2, 1).ShouldBeNull();
        new PredictionStore(_store, Trials.Search, part).Read(new TrialId(0), 2, 2).ShouldBeNull();
        File.WriteAllText(Path.Combine(_root, ArtifactPaths.Predictions(Trials.Search, new TrialId(0))), "damaged");
        new PredictionStore(_store, Trials.Search, part).Read(new TrialId(0), 2, 1).ShouldBeNull();
    }

    [Fact]
    public void Numbers_are_averaged()
    {
        var file = Path.Combine(_root, "plane.csv");
        var stream = new RandomStream(1);
        double[][] points = [.. Enumerable.Range(0, 200).Select(_ => new[] { stream.NextDouble(), stream.NextDouble() })];
        File.WriteAllLines(file, points.Select(p => FormattableString.Invariant($"{p[0]},{p[1]},{100 + (30 * p[0]) - (20 * p[1])}")).Prepend("x,y,price"));
        var plan = Trials.Plan(workload: "mlp-regressor") with { Data = new DataSpec(file, "price", new SplitSpec(), Table: new(Answer: TargetKind.Numbers)) };
        ParameterValues[] values = [.. new[] { 0.01, 0.02 }.Select(rate => Trials.Values(("epochs", ParameterValue.Integer(40)), ("learningRate", ParameterValue.Real(rate))))];
        for (var trial = 0; trial < 2; trial++)
        {
            new WorkExecutor().Run(Trials.Assignment(values[trial], plan, trial: trial), Context).ShouldBeOfType<AttemptCompleted>();
        }

        var members = values.Select((configuration, trial) => new EnsembleMember(new TrialId(trial), configuration, trial)).ToValueArray();
        var assignment = new EnsembleAssignment(new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1), new EnsembleSpec("top-k", 2, EnsembleCombination.Mean), members, plan);
        var report = new WorkExecutor().Run(assignment, Context).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Metrics.Keys.ShouldBe(["test/mae", "test/mse", "val/mae", "val/mse"]);
        report.Metrics["test/mse"].ShouldBeLessThan(4);
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));
        ensemble.Predict(new[,] { { 0.5, 0.5 } })[0, 0].ShouldBe(105, 2);
    }

    [Fact]
    public void A_gain_that_may_be_chance_is_not_clear()
    {
        var stream = new RandomStream(4);
        double[] same = [.. Enumerable.Range(0, 200).Select(_ => stream.NextGaussian())];
        double[] noise = [.. same.Select(value => value + stream.NextGaussian())];
        double[] worse = [.. same.Select(value => value + 1 + stream.NextGaussian())];

        GainEstimate.Of(new("loss", Direction.Minimize, same), new("loss", Direction.Minimize, noise), new RandomStream(1)).IsClear.ShouldBeFalse();
        var gain = GainEstimate.Of(new("loss", Direction.Minimize, same), new("loss", Direction.Minimize, worse), new RandomStream(1));
        gain.IsClear.ShouldBeTrue();

        // The mean of 200 differences with deviation 1 has a deviation of 0.071.
        (gain.High - gain.Low).ShouldBe(4 * 0.071, 0.05);
    }

    private WorkOutcome Build(int members, string type = "top-k", int? candidates = null, EnsembleCombination combine = EnsembleCombination.MeanProbability) =>
        new WorkExecutor().Run(Assignment(members, type, candidates ?? members, combine), Context);

    private static MemberAssignment Member(EnsembleAssignment assignment, int number) =>
        new(assignment.Lease with { Item = WorkItem.Member(number) }, assignment.Ensemble, assignment.Members, assignment.Plan);

    private static EnsembleAssignment Assignment(int members, string type, int candidates, EnsembleCombination combine = EnsembleCombination.MeanProbability) => new(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1),
            new EnsembleSpec(type, members, combine),
            Enumerable.Range(0, candidates).Select(trial => new EnsembleMember(new TrialId(trial), Trials.Sane(epochs: 5), trial)).ToValueArray(),
            Trials.Plan());

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
