using SearchCluster.Cli.Output;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Rendering;

/// <summary>Writes tables as wide as standard output is.</summary>
internal static class TableOutput
{
    public static void Write(this TextTable table, CliOutput output) =>
        table.Write(output.Data, output.DataColumns, output.IsDataStyled);
}
