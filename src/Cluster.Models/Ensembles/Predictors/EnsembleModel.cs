using SearchCluster.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>A saved ensemble of trained models. Not thread-safe.</summary>
public sealed class EnsembleModel : IPredictor
{
    private readonly EnsembleManifest _manifest;
    private readonly TrainedModel[] _members;

    private EnsembleModel(EnsembleManifest manifest, TrainedModel[] members)
    {
        (_manifest, _members) = (manifest, members);
        Metrics = new(manifest.Metrics);
        BestSingle = new(manifest.BestSingle);
    }

    /// <inheritdoc />
    public ValueArray<string> Columns => _members[0].Columns;

    /// <inheritdoc />
    public ValueArray<string> ClassLabels => _members[0].ClassLabels;

    /// <inheritdoc />
    public ValueArray<string> TargetNames => _members[0].TargetNames;

    /// <inheritdoc />
    public ValueMap<double> Metrics { get; }

    /// <summary>The same metrics of the best member alone.</summary>
    public ValueMap<double> BestSingle { get; }

    /// <summary>How outputs are combined.</summary>
    public EnsembleCombination Combine => _manifest.Combine;

    /// <summary>The members' trials, best first.</summary>
    public ValueArray<TrialId> Members => _manifest.Members.Select(member => new TrialId(member.Trial)).ToValueArray();

    /// <summary>Share of each member in the vote, in the order of the members; null when all are equal.</summary>
    public ValueArray<double>? Weights =>
        _manifest.Members[0].Weight is null ? null : _manifest.Members.Select(member => member.Weight ?? 0).ToValueArray();

    /// <summary>How it was made, for example <c>top-k</c>.</summary>
    public string Method => _manifest.Method;

    /// <summary>By how much it is better than the best single trial on the test part, by metric; empty without a test part.</summary>
    public ValueMap<Gain> Gains => _manifest.Gains is null ? ValueMap<Gain>.Empty : new(_manifest.Gains);

    /// <summary>What it is, how it was made, what to keep in mind.</summary>
    public string Card => _manifest.Card;

    /// <summary>Opens an ensemble.</summary>
    /// <param name="folder">Folder with <c>ensemble.json</c> and the members' models.</param>
    /// <param name="workloads">Who builds the networks; null for the built-in workloads.</param>
    /// <returns>The ensemble on the CPU.</returns>
    /// <exception cref="ArtifactException">A file is missing or damaged, or the members do not belong together.</exception>
    /// <exception cref="Native.TorchUnavailableException">libtorch cannot be used.</exception>
    public static EnsembleModel Load(string folder, WorkloadCatalog? workloads = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var manifest = EnsembleManifest.Read(folder);
        var members = new List<TrainedModel>();
        try
        {
            foreach (var member in manifest.Members)
            {
                members.Add(LoadMember(folder, manifest, member, workloads));
            }

            return members.FindIndex(
                member => !member.Columns.Equals(members[0].Columns) || !HaveSameClasses(member, members[0])) is >= 0 and var other
                ? throw new ArtifactException(
                    ModelCodes.Mismatch,
                    $"Member '{DisplayText.ShortenPath(manifest.Members[other].File)}' of the ensemble has other columns or classes than "
                        + $"'{DisplayText.ShortenPath(manifest.Members[0].File)}'; {manifest.Remedy}.")
                : new(manifest, [.. members]);
        }
        catch
        {
            members.ForEach(member => member.Dispose());
            throw;
        }
    }

    // Names of the classes above and below one threshold were once written with more digits of it.
    private static bool HaveSameClasses(TrainedModel one, TrainedModel other) =>
        one.ClassLabels.Equals(other.ClassLabels)
        || (one.Shape.ClassColumn is { Threshold: not null } column && column == other.Shape.ClassColumn);

    private static TrainedModel LoadMember(
        string folder, EnsembleManifest manifest, EnsembleManifestMember member, WorkloadCatalog? workloads)
    {
        try
        {
            return TrainedModel.Load(Path.Combine(folder, ArtifactPath.Check(member.File)), workloads);
        }
        catch (ArtifactException unusable)
        {
            throw new ArtifactException(
                unusable.Code,
                $"A member of the ensemble is unusable: {unusable.Message} "
                    + $"{char.ToUpperInvariant(manifest.Remedy[0])}{manifest.Remedy[1..]}.",
                unusable);
        }
    }

    /// <inheritdoc />
    public DataShape Shape => _members[0].Shape;

    /// <inheritdoc />
    public InputPreprocessing Preprocessing => _members[0].Preprocessing;

    /// <inheritdoc />
    public double[,] Predict(PredictorInput input) =>
        Voting.Combine([.. _members.Select(member => member.Predict(input))], Combine, Weights);

    /// <inheritdoc />
    public double[,] Predict(double[,] rows) => Predict(new PredictorInput.Rows(rows));

    /// <inheritdoc />
    public double[,] Predict(ImageRows images) => Predict(new PredictorInput.Images(images));

    /// <inheritdoc />
    public double[,] Predict(CsvTable table) => Predict(new PredictorInput.Table(table));

    /// <inheritdoc />
    public double[,] PredictNext(IReadOnlyList<string> texts) => Predict(new PredictorInput.Texts(texts));

    /// <inheritdoc />
    public ModelScores Evaluate(PredictorInput input, KnownAnswers answers)
    {
        using var scope = NewDisposeScope();
        return Score([.. _members.Select(member => MemberInputs.Of(member.Network.File, input))], answers);
    }

    /// <inheritdoc />
    public ModelScores EvaluateSeries(double[,] steps)
    {
        using var scope = NewDisposeScope();
        var all = _members.Select(member => EvaluationInputs.OfSeries(member.Network.File, steps, isAutoencoder: false)).ToList();
        return Score([.. all.Select(one => one.Inputs)], all[0].Answers);
    }

    /// <inheritdoc />
    public ModelScores EvaluateText(string text, string name)
    {
        using var scope = NewDisposeScope();
        var all = _members.Select(member => EvaluationInputs.OfText(member.Network.File, text, name)).ToList();
        return Score([.. all.Select(one => one.Inputs)], all[0].Answers);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var member in _members)
        {
            member.Dispose();
        }
    }

    private ModelScores Score(IReadOnlyList<Tensor> inputs, KnownAnswers answers) =>
        new EnsembleEvaluation([.. _members.Select(member => member.Network)], Combine, Weights).Of(inputs, answers);
}
