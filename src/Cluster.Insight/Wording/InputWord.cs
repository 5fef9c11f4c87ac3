namespace SearchCluster.Insight.Wording;

/// <summary>What stands for the input of <c>predict</c> in a command line to copy.</summary>
public static class InputWord
{
    private static readonly string[] TableEndings = [".csv", ".tsv", ".csv.gz", ".tsv.gz", ".data"];

    /// <summary>Names the kind that a model of these data reads.</summary>
    /// <param name="data">The data of a search; null where it has none.</param>
    /// <returns><c>INPUT.csv</c>, <c>INPUT.txt</c> or <c>FOLDER</c>; <c>INPUT</c> where the specification leaves the layout to what the
    /// source turns out to be.</returns>
    public static string Of(DataSpec? data) => data switch
    {
        { Format: DataFormat.Text } => "INPUT.txt",
        { Format: DataFormat.Csv or DataFormat.Series } => "INPUT.csv",
        { Format: not null } => "FOLDER",
        { Source: "digits" } => "INPUT.csv",
        { Source: var source } when source.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) => "INPUT.txt",
        { Source: var source } when TableEndings.Any(ending => source.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) => "INPUT.csv",
        { Images: { Width: null } } => "FOLDER",
        _ => "INPUT",
    };
}
