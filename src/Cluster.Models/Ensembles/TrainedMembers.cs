using System.Globalization;
using SearchCluster.Contracts;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Training;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>Members that are trained for the ensemble: bagging, AdaBoost and folds.</summary>
/// <remarks>
/// Those of bagging and folds do not depend on each other: each is an attempt of its own on the cluster (<see cref="TrainOne"/>), and the attempt that builds the
/// ensemble finds them done. What it does not find it trains itself, one after the other, as it trains all of AdaBoost's. Each has checkpoints of its own, so an
/// attempt that is lost goes on where it was. Which rows a member sees and how it starts follow from the search's seed and its number.
/// </remarks>
internal sealed class TrainedMembers(INetworkWorkload workload, DataSet data, Device device, WorkContext context, EnsembleAssignment assignment)
{
    private const double SmallestError = 1e-6;

    // 1 GiB.
    private const long MostVotes = 1 << 28;
    private const string Finished = "finished.scm";
    private readonly ulong _seed = assignment.Plan.SearchSeed;

    private SearchId Search => assignment.Lease.SearchId;

    private int Count => assignment.Ensemble.Members;

    private IEnumerable<int> Numbers => Enumerable.Range(0, Count).Where(number => assignment.FailedMembers?.Contains(number) != true);

    private string LeftOut => assignment.FailedMembers is { } failed ? string.Create(CultureInfo.InvariantCulture, $" {failed.Count} of {Count} members could not be trained and are left out.") : "";

    /// <summary>Trains one member of bagging or folds.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <exception cref="MemberTrainingException">It could not be trained.</exception>
    public void TrainOne(int number)
    {
        var member = assignment.Ensemble.Type switch
        {
            "bagging" => TrainBagged(number, BaggedRows(number)),
            "folds" => TrainFold(number, FoldOrder()),
            var type => throw new WorkloadConfigurationException($"Members of an ensemble of type '{type}' are not trained alone; run the same version everywhere."),
        };
        member.Network.Dispose();
    }

    /// <summary>Trains the best configurations again, each on a bootstrap sample of the training part; measures on the rows that a member did not see.</summary>
    /// <remarks>Source: Breiman, "Bagging Predictors", Machine Learning 24, 1996; out-of-bag estimates: Breiman, technical report, 1996.</remarks>
    public EnsembleMembers Bagging()
    {
        var outOfBag = Votes(data.Train.Rows);
        var members = new List<VotingMember>();
        foreach (var i in Numbers)
        {
            var rows = BaggedRows(i);
            var member = TrainBagged(i, rows);
            members.Add(member);
            var seen = rows.ToHashSet();
            outOfBag.Add(member.Network.PredictRows(data.Train), row => !seen.Contains(row));
        }

        return new(
            members,
            outOfBag.Score("oob", Answers.Of(data.Train, data), data.Shape.Outputs),
            $"Members have the {Math.Min(Count, assignment.Members.Count)} best configurations and were trained on bootstrap samples; oob/ metrics are of rows that a member did not see.{LeftOut}");
    }

    /// <summary>Trains the best configuration again and again; rows that were wrong are drawn more often, and members with fewer errors have more weight.</summary>
    /// <remarks>
    /// SAMME: α = ln((1 - err) / err) + ln(K - 1); weights of wrong rows times e^α. Source: Zhu, Zou, Rosset and Hastie, "Multi-class AdaBoost", Statistics and its Interface 2, 2009.
    /// Rows are resampled by their weights (Freund and Schapire 1996), which any loss allows. Ends early when a member is no better than chance.
    /// </remarks>
    public EnsembleMembers AdaBoost()
    {
        if (data.Shape.Target != TargetKind.Class)
        {
            throw new WorkloadConfigurationException("adaboost needs one class for each row; use bagging.");
        }

        var (rows, classes) = (data.Train.Rows, data.Shape.Outputs);
        var truth = Answers.Of(data.Train, data).Classes.ToArray();
        double[] weights = [.. Enumerable.Repeat(1.0 / rows, rows)];
        var members = new List<VotingMember>();
        for (var i = 0; i < Count; i++)
        {
            var member = Train("adaboost", i, assignment.Members[0], data.WithTraining(data.Train.Take(Resample(weights, i))), 1);
            var predictions = member.Network.PredictRows(data.Train);
            bool[] isWrong = [.. truth.Select((k, row) => Voting.BestClass(predictions, row) != k)];
            var error = Math.Max(SmallestError, weights.Where((_, row) => isWrong[row]).Sum());
            if (error >= 1 - (1.0 / classes) && members.Count > 0)
            {
                member.Network.Dispose();
                break;
            }

            var alpha = Math.Max(SmallestError, Math.Log((1 - error) / error) + Math.Log(classes - 1));
            members.Add(member with { Weight = alpha });
            weights = [.. weights.Select((weight, row) => isWrong[row] ? weight * Math.Exp(alpha) : weight)];
            var sum = weights.Sum();
            weights = Array.ConvertAll(weights, weight => weight / sum);
        }

        return new(members, ValueMap<double>.Empty, string.Create(CultureInfo.InvariantCulture, $"Members have the configuration of trial {assignment.Members[0].TrialId} and were boosted (SAMME, by resampling)."));
    }

    /// <summary>Divides the training and the validation part into folds and trains the best configuration on all but one, each in turn; measures on the fold left out.</summary>
    public EnsembleMembers Folds()
    {
        var pool = data.Train.Join(data.Validation);
        var order = FoldOrder();
        var outOfFold = Votes(pool.Rows);
        var members = new List<VotingMember>();
        foreach (var i in Numbers)
        {
            var member = TrainFold(i, order);
            members.Add(member);
            outOfFold.Add(member.Network.PredictRows(pool), LeftOutOf(i, order).Contains);
        }

        return new(
            members,
            outOfFold.Score("oof", Answers.Of(pool, data), data.Shape.Outputs),
            string.Create(CultureInfo.InvariantCulture, $"Members have the configuration of trial {assignment.Members[0].TrialId} and were trained on all but one of {Count} folds of the training and validation rows, so val/ metrics are of rows that most of them saw; oof/ metrics are not.{LeftOut}"));
    }

    private RowVotes Votes(int rows)
    {
        var cells = Answers.CellsOf(data.Shape);
        return (long)rows * cells * data.Shape.Outputs <= MostVotes
            ? new(rows, cells, data.Shape.Outputs)
            : throw new WorkloadConfigurationException($"The predictions of {rows} rows of {data.Shape.Describe()} are too many to be kept for an estimate of unseen rows; use smaller images, or an ensemble of type top-k.");
    }

    private long[] BaggedRows(int number)
    {
        var stream = SeedSequence.Stream(_seed, StreamPurpose.Bootstrap, number);
        if (data.PoolGroups is not { } groups)
        {
            return [.. Enumerable.Range(0, data.Train.Rows).Select(_ => (long)(stream.NextDouble() * data.Train.Rows)).Order()];
        }

        // Of rows that belong together all are drawn or none, so that no row that a member is measured on has a twin among those it saw.
        long[][] whole = [.. Enumerable.Range(0, data.Train.Rows).GroupBy(row => groups[row]).Select(group => group.Select(row => (long)row).ToArray())];
        return [.. whole.SelectMany(_ => whole[(int)(stream.NextDouble() * whole.Length)]).Order()];
    }

    private VotingMember TrainBagged(int number, long[] rows) =>
        Train("bagging", number, assignment.Members[number % assignment.Members.Count], data.WithTraining(data.Train.Take(rows)), 1);

    private int[] FoldOrder()
    {
        // Of rows, or of groups of rows.
        var order = data.PoolGroups?.Distinct().Order().ToArray() ?? [.. Enumerable.Range(0, data.Train.Rows + data.Validation.Rows)];
        if (order.Length < Count)
        {
            throw new WorkloadConfigurationException($"The training and validation rows are {order.Length} groups, too few for {Count} folds; ask for fewer members.");
        }

        SeedSequence.Stream(_seed, StreamPurpose.Bootstrap, -1).Shuffle<int>(order);
        return order;
    }

    private HashSet<int> LeftOutOf(int fold, int[] order)
    {
        var left = order.Where((_, place) => place % Count == fold).ToHashSet();
        return data.PoolGroups is { } groups ? Enumerable.Range(0, groups.Length).Where(row => left.Contains(groups[row])).ToHashSet() : left;
    }

    private VotingMember TrainFold(int number, int[] order)
    {
        var (pool, left) = (data.Train.Join(data.Validation), LeftOutOf(number, order));
        long[] rows = [.. Enumerable.Range(0, pool.Rows).Where(row => !left.Contains(row)).Select(row => (long)row)];
        var folded = data.WithTraining(pool.Take(rows), pool.Take([.. left.Order().Select(row => (long)row)]));
        return Train(string.Create(CultureInfo.InvariantCulture, $"folds-{Count}"), number, assignment.Members[0], folded, 1);
    }

    private long[] Resample(double[] weights, int member)
    {
        var stream = SeedSequence.Stream(_seed, StreamPurpose.Bootstrap, member);
        var sums = new double[weights.Length];
        var sum = 0.0;
        for (var row = 0; row < weights.Length; row++)
        {
            sums[row] = sum += weights[row];
        }

        // The first member sees all rows as they are.
        return member == 0 ? [.. Enumerable.Range(0, weights.Length).Select(row => (long)row)] : [.. Enumerable.Range(0, weights.Length).Select(_ => Draw(stream.NextDouble() * sum)).Order()];

        long Draw(double place) => Array.BinarySearch(sums, place) is var found && found < 0 ? Math.Min(~found, sums.Length - 1) : found;
    }

    private VotingMember Train(string method, int number, EnsembleMember trial, DataSet rows, double weight)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        var artifacts = new FolderedArtifactStore(context.Artifacts, $"{ArtifactPaths.Search(Search)}/{method}/{number.ToString("D3", CultureInfo.InvariantCulture)}");
        if (Find(artifacts, trial) is not { } file)
        {
            var hyperparameters = Hyperparameters.Create(workload.Descriptor, assignment.Plan.Workload.Fixed, trial.Values);
            var lease = assignment.Lease with { Item = WorkItem.Trial(trial.TrialId) };
            var training = new TrialAssignment(lease, trial.Values, SeedSequence.For(_seed, StreamPurpose.Bootstrap, 1_000_000 + number), assignment.Plan);
            using var trainer = new Trainer(new(training, workload, hyperparameters, rows, device, context with { Artifacts = artifacts, Report = _ => { } }, context.TraceParent));
            switch (trainer.Run())
            {
                case AttemptCompleted:
                    break;
                case AttemptFailed failed:
                    throw new MemberTrainingException(number, failed.Failure);
                default:
                    throw new OperationCanceledException(context.Cancellation);
            }

            // An attempt that was halted leaves a model too; only a finished one gets this name.
            using var model = artifacts.OpenRead(ArtifactPaths.Model(Search, trial.TrialId)) ?? throw new ArtifactException("SC4121", $"Member {number} of the ensemble left no model.");
            file = ModelFile.Read(model);
            artifacts.Write(Finished, file.Write);
        }

        return new(trial.TrialId, trial.Objective, string.Create(CultureInfo.InvariantCulture, $"member-{number:D3}.scm"), MemberNetwork.Open(file, workload, device), weight);
    }

    private static ModelFile? Find(FolderedArtifactStore artifacts, EnsembleMember trial)
    {
        using var stream = artifacts.OpenRead(Finished);
        return stream is not null && ModelFile.Read(stream) is var file && file.Values.Equals(trial.Values) ? file : null;
    }
}

/// <summary>A member of the ensemble could not be trained.</summary>
/// <param name="number">Its number.</param>
/// <param name="failure">Why.</param>
internal sealed class MemberTrainingException(int number, AttemptFailure failure)
    : SearchClusterException(string.Create(CultureInfo.InvariantCulture, $"Member {number} of the ensemble could not be trained: {failure.Message}"))
{
    /// <summary>What ended its training.</summary>
    public AttemptFailure Failure { get; } = failure;
}
