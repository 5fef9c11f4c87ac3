using SearchCluster.Cli.Application;
using SearchCluster.Cli.Specs;

namespace SearchCluster.Cli.Predictions;

/// <summary>What an input is, by its name.</summary>
internal static class PredictionInput
{
    private static readonly string[] TableEndings = [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"];

    /// <summary>True for a table: standard input, or a file whose name ends like one.</summary>
    public static bool IsTable(CommandContext context, string input) =>
        input == SpecInput.StandardInput || TableEndings.Any(ending => input.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) || (!input.Contains('.', StringComparison.Ordinal) && !Directory.Exists(context.FullPath(input)));
}
