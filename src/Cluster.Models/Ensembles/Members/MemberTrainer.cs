using System.Globalization;
using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Training;

namespace SearchCluster.Models.Ensembles.Members;

/// <summary>Trains members for an ensemble.</summary>
/// <remarks>
/// Those of bagging and folds do not depend on each other: each is an attempt of its own on the cluster, and the attempt that builds the ensemble finds them done. What it
/// does not find it trains itself, one after the other, as it trains all of AdaBoost's. Each has checkpoints of its own, so an attempt that is lost goes on where it was.
/// Which rows a member sees and how it starts follow from the search's seed and its number.
/// </remarks>
/// <param name="setup">What surrounds the ensemble.</param>
/// <param name="folder">Where members of this method lie, below the search.</param>
internal sealed class MemberTrainer(EnsembleSetup setup, string folder)
{
    // 1 GiB.
    private const long MostVotes = 1 << 28;

    // Seeds of members are apart from those of rows.
    private const int FirstSeed = 1_000_000;
    private const string Finished = "finished.scm";

    /// <summary>Trains a member, or takes it as an earlier attempt left it.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="trial">Whose configuration it has.</param>
    /// <param name="rows">What it learns from.</param>
    /// <exception cref="MemberTrainingException">It could not be trained.</exception>
    public VotingMember Train(int number, EnsembleMember trial, DataSet rows)
    {
        setup.Context.Step();
        var artifacts = new FolderedArtifactStore(setup.Context.Artifacts, $"{ArtifactPaths.Search(setup.Search)}/{folder}/{number.ToString("D3", CultureInfo.InvariantCulture)}");
        var file = Find(artifacts, trial, number) ?? Run(artifacts, trial, number, rows);
        return new(trial.TrialId, trial.Objective, string.Create(CultureInfo.InvariantCulture, $"member-{number:D3}.scm"), MemberNetwork.Open(file, setup.Workload, setup.Device), 1);
    }

    /// <summary>Gathers predictions of rows that a member did not learn from.</summary>
    /// <exception cref="WorkloadConfigurationException">They are too many.</exception>
    public RowVotes Votes(int rows)
    {
        var shape = setup.Data.Shape;
        var cells = RowAnswers.CellsOf(shape);
        return (long)rows * cells * shape.Outputs <= MostVotes
            ? new(rows, cells, shape.Outputs)
            : throw new WorkloadConfigurationException($"The predictions of {rows} rows of {shape.Describe()} are too many to be kept for an estimate of unseen rows; use smaller images, or an ensemble of type top-k.");
    }

    private ModelFile Run(FolderedArtifactStore artifacts, EnsembleMember trial, int number, DataSet rows)
    {
        var (assignment, context) = (setup.Assignment, setup.Context);
        var hyperparameters = Hyperparameters.Create(setup.Workload.Descriptor, assignment.Plan.Workload.Fixed, trial.Values);
        var lease = assignment.Lease with { Item = WorkItem.Trial(trial.TrialId) };
        var training = new TrialAssignment(lease, trial.Values, SeedSequence.For(setup.Seed, StreamPurpose.Bootstrap, FirstSeed + number), assignment.Plan);
        using var trainer = new Trainer(new(training, setup.Workload, hyperparameters, rows, setup.Device, context with { Artifacts = artifacts, Report = _ => { } }, context.TraceParent));
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
        using var model = artifacts.OpenRead(ArtifactPaths.Model(setup.Search, trial.TrialId)) ?? throw new ArtifactException(ModelCodes.CannotOpen, $"Member {number} of the ensemble left no model.");
        var file = ModelFile.Read(model);
        artifacts.Write(Finished, file.Write);
        return file;
    }

    private ModelFile? Find(FolderedArtifactStore artifacts, EnsembleMember trial, int number)
    {
        using var stream = artifacts.OpenRead(Finished);
        try
        {
            return stream is not null && ModelFile.Read(stream) is var file && file.Values.Equals(trial.Values) ? file : null;
        }
        catch (Exception damaged) when (damaged is ArtifactException or IOException)
        {
            setup.Context.Warn?.Invoke($"Member {number} of the ensemble is trained again: {damaged.Message}");
            return null;
        }
    }
}
