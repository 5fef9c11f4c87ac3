namespace SearchCluster.Models.Ensembles;

/// <summary>The file <c>ensemble.json</c>: what the ensemble is made of, what it expects and how well it does.</summary>
/// <param name="Format">Version of this file, 1.</param>
/// <param name="Search">Name of the search.</param>
/// <param name="Combine">How outputs are combined.</param>
/// <param name="Columns">Columns a row must have, in order.</param>
/// <param name="ClassLabels">Classes in the order of the probabilities.</param>
/// <param name="Members">Best first.</param>
/// <param name="Metrics">Metrics of the ensemble.</param>
/// <param name="BestSingle">The same metrics of the first member alone.</param>
/// <param name="Card">For people: what it is, how it was made, what to keep in mind.</param>
/// <param name="Type">How it was made; null in files of early releases, which are of type <c>top-k</c>.</param>
/// <param name="Gains">By how much it is better than the best single trial on the test part.</param>
internal sealed record EnsembleManifest(
    int Format,
    string Search,
    EnsembleCombination Combine,
    string[] Columns,
    string[] ClassLabels,
    EnsembleManifestMember[] Members,
    Dictionary<string, double> Metrics,
    Dictionary<string, double> BestSingle,
    string Card,
    string? Type = null,
    Dictionary<string, Gain>? Gains = null)
{
    public const int CurrentFormat = 1;
    public const string FileName = "ensemble.json";
}

/// <summary>One member.</summary>
/// <param name="Trial">Number of the trial.</param>
/// <param name="File">Model file beside the manifest.</param>
/// <param name="Objective">The trial's objective value.</param>
/// <param name="Weight">Its share in the vote; null when all are equal.</param>
internal sealed record EnsembleManifestMember(int Trial, string File, double Objective, double? Weight = null);
