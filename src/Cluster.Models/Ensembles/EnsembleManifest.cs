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
internal sealed record EnsembleManifest(
    int Format,
    string Search,
    EnsembleCombination Combine,
    string[] Columns,
    string[] ClassLabels,
    EnsembleManifestMember[] Members,
    Dictionary<string, double> Metrics,
    Dictionary<string, double> BestSingle,
    string Card)
{
    public const int CurrentFormat = 1;
    public const string FileName = "ensemble.json";
}

/// <summary>One member.</summary>
/// <param name="Trial">Number of the trial.</param>
/// <param name="File">Model file beside the manifest.</param>
/// <param name="Objective">The trial's objective value.</param>
internal sealed record EnsembleManifestMember(int Trial, string File, double Objective);
