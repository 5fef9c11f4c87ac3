using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Training;
using SearchCluster.Models.Training.Trials;

namespace SearchCluster.Models.Ensembles.Members;

/// <summary>Trains members for an ensemble.</summary>
/// <remarks>
/// Those of bagging and folds do not depend on each other: each is an attempt of its own on the cluster, and the attempt that builds the
/// ensemble finds them done. What it does not find it trains itself, one after the other, as it trains all of AdaBoost's. Each has
/// checkpoints of its own, so an attempt that is lost goes on where it was. Which rows a member sees and how it
/// starts follow from the search's seed and its number.
/// </remarks>
/// <param name="setup">What surrounds the ensemble.</param>
/// <param name="folder">Where members of this method lie, below the search.</param>
internal sealed class MemberTrainer(EnsembleSetup setup, string folder)
{
    // 1 GiB.
    private const long MostVotes = 1 << 28;

    // Seeds of members are apart from those of rows.
    private const int FirstSeed = 1_000_000;

    /// <summary>Trains a member, or takes it as an earlier attempt left it.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="trial">Whose configuration it has.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="rows">Which rows of the ensemble's data these are, in order.</param>
    /// <exception cref="MemberTrainingException">It could not be trained.</exception>
    public VotingMember Train(int number, EnsembleMember trial, DataSet data, ReadOnlySpan<long> rows)
    {
        var sample = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(rows)));
        var folderOfMember = string.Create(CultureInfo.InvariantCulture, $"{ArtifactPaths.Search(setup.Search)}/{folder}/{number:D3}");
        var (model, _, ended) = new StoredTraining(
            Setup(number, trial, data, sample),
            folderOfMember,
            string.Create(CultureInfo.InvariantCulture, $"Member {number} of the ensemble")).Run();
        return ended switch
        {
            null => new(
                trial.TrialId,
                trial.Objective,
                string.Create(CultureInfo.InvariantCulture, $"member-{number:D3}.scm"),
                MemberNetwork.Open(model!, setup.Workload, setup.Device, setup.Context.Heed),
                1),
            AttemptFailed failed => throw new MemberTrainingException(failed.Failure),
            _ => throw new OperationCanceledException(setup.Context.Cancellation),
        };
    }

    /// <summary>Gathers predictions of rows that a member did not learn from.</summary>
    /// <exception cref="WorkloadConfigurationException">They are too many.</exception>
    public RowVotes Votes(int rows)
    {
        var shape = setup.Data.Shape;
        var cells = JointScores.CellsOf(shape);
        return (long)rows * cells * shape.Outputs <= MostVotes
            ? new(rows, cells, shape.Outputs, setup.Assignment.Ensemble.Combine)
            : throw new WorkloadConfigurationException(
                $"The predictions of {rows} rows of {shape.Describe()} are too many to be kept for an estimate of unseen rows; use smaller "
                    + $"images, or an ensemble of type top-k.");
    }

    private TrialSetup Setup(int number, EnsembleMember trial, DataSet data, string sample)
    {
        var (assignment, context) = (setup.Assignment, setup.Context);
        var hyperparameters = Hyperparameters.Create(setup.Workload.Descriptor, assignment.Plan.Workload.Fixed, trial.Values);
        var lease = assignment.Lease with { Item = WorkItem.Trial(trial.TrialId) };
        var training = new TrialAssignment(
            lease, trial.Values, SeedSequence.For(setup.Seed, StreamPurpose.Bootstrap, FirstSeed + number), assignment.Plan);
        return new(training, setup.Workload, hyperparameters, data, setup.Device, context, setup.TraceParent, sample);
    }
}
