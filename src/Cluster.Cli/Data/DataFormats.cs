namespace SearchCluster.Cli.Data;

/// <summary>Words of <c>data.format</c>.</summary>
internal static class DataFormats
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetNames<DataFormat>().Select(name => name.ToLowerInvariant())];

    public static DataFormat? Parse(string? text) => text is null ? null : Enum.Parse<DataFormat>(text, ignoreCase: true);

    public static string Word(DataFormat? format) => format?.ToString().ToLowerInvariant() ?? "recognised";
}
