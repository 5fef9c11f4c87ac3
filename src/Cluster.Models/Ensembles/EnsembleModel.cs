using System.Text.Json;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Ensembles;

/// <summary>A saved ensemble of trained models. Not thread-safe.</summary>
public sealed class EnsembleModel : IPredictor
{
    private const int MaximumManifestBytes = 4 << 20;
    private const int MaximumMembers = 100;

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
    public ValueArray<double>? Weights => _manifest.Members[0].Weight is null ? null : _manifest.Members.Select(member => member.Weight ?? 0).ToValueArray();

    /// <summary>How it was made, for example <c>top-k</c>.</summary>
    public string Method => _manifest.Type ?? "top-k";

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
        var manifest = ReadManifest(folder);
        var members = new List<TrainedModel>();
        try
        {
            foreach (var member in manifest.Members)
            {
                members.Add(TrainedModel.Load(Path.Combine(folder, ArtifactPath.Check(member.File)), workloads));
            }

            return members.All(member => member.Columns.Equals(members[0].Columns) && member.ClassLabels.Equals(members[0].ClassLabels))
                ? new(manifest, [.. members])
                : throw new ArtifactException("SC4006", "The members of the ensemble have different columns or classes.");
        }
        catch
        {
            members.ForEach(member => member.Dispose());
            throw;
        }
    }

    /// <inheritdoc />
    public float[,] Predict(float[,] rows) => Voting.Combine([.. _members.Select(member => member.Predict(rows))], Combine, Weights);

    /// <inheritdoc />
    public float[,] Predict(CsvTable table) => Voting.Combine([.. _members.Select(member => member.Predict(table))], Combine, Weights);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var member in _members)
        {
            member.Dispose();
        }
    }

    private static EnsembleManifest ReadManifest(string folder)
    {
        var path = Path.Combine(folder, EnsembleManifest.FileName);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length > MaximumManifestBytes)
            {
                throw new ArtifactException("SC4007", $"{EnsembleManifest.FileName} has {stream.Length} bytes, more than {MaximumManifestBytes}.");
            }

            var manifest = JsonSerializer.Deserialize(stream, ModelsJsonContext.Default.EnsembleManifest);
            return manifest is { Format: EnsembleManifest.CurrentFormat, Members.Length: > 0 and <= MaximumMembers, Metrics: not null, BestSingle: not null } && manifest.Members.All(member => member is { File: not null, Trial: >= 0 })
                ? manifest
                : throw new ArtifactException("SC4003", $"{EnsembleManifest.FileName} has format {manifest?.Format} and {manifest?.Members?.Length} members, but this release reads format {EnsembleManifest.CurrentFormat} with 1 to {MaximumMembers} members.");
        }
        catch (JsonException malformed)
        {
            throw new ArtifactException("SC4011", $"{EnsembleManifest.FileName} is not the description of an ensemble: {malformed.Message}", malformed);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException("SC4000", $"'{DisplayText.Shorten(folder)}' is no ensemble: {missing.Message}", missing);
        }
    }
}
