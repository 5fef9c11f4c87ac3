using System.Text.RegularExpressions;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Names of the files in the traces folder.</summary>
internal static partial class SpanFiles
{
    /// <summary>Ends every name.</summary>
    public const string Extension = ".jsonl";

    /// <summary>Makes a file name of a service name.</summary>
    /// <param name="service">Any text.</param>
    /// <returns>Letters, digits, '-' and '_'.</returns>
    public static string SafeName(string service) =>
        string.Concat(service.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));

    /// <summary>Where the spans of one trace lie.</summary>
    /// <param name="folder">The traces folder.</param>
    /// <param name="traceId">W3C trace id.</param>
    /// <returns>A folder that need not exist.</returns>
    public static string FolderOf(string folder, string traceId) => Path.Combine(folder, traceId);

    /// <summary>Lists the files of one service.</summary>
    /// <param name="folder">The traces folder.</param>
    /// <param name="prefix">The service's <see cref="SafeName"/>.</param>
    /// <returns>Oldest first.</returns>
    public static IEnumerable<string> Of(string folder, string prefix) => Directory.EnumerateFiles(folder, prefix + "-*" + Extension)
        .Where(path => TimeAndProcess().IsMatch(Path.GetFileNameWithoutExtension(path)[prefix.Length..]))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^-\d{8}-\d{6}-\d+-\d{4,}$")]
    private static partial Regex TimeAndProcess();
}
