using System.CommandLine;

namespace SearchCluster.Cli.Options;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<string?> State { get; } = Inputs.Text(
        "--state", "DIR", "State folder. Default: $SEARCHCLUSTER_HOME, else ./.searchcluster", HasText, "a folder");

    public static Option<string?> Coordinator { get; } = Inputs.Text(
        "--coordinator",
        "URL",
        "URL, or URL,URL. Default: $SEARCHCLUSTER_COORDINATOR, else the state folder's",
        HasText,
        "an address, for example http://127.0.0.1:8642");

    public static Option<string?> TokenFile { get; } = Inputs.Text(
        "--token-file",
        "FILE",
        "File with the access token. Default: $SEARCHCLUSTER_TOKEN, $SEARCHCLUSTER_TOKEN_FILE, else the state folder's",
        HasText,
        "a file");

    public static Option<string[]> Workloads { get; } = new("--workloads")
    {
        HelpName = "DLL",
        Description = "Assembly of your own workloads; repeatable. Default: $SEARCHCLUSTER_WORKLOADS",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "One JSON document on standard output", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no notes", Recursive = true };

    public static Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours (also: $NO_COLOR)", Recursive = true };

    public static Option<TimeSpan?> Timeout { get; } = Inputs.Duration(
        "--timeout", "Give up after this time (exit code 124), for example 30s");

    public static Option<bool> Help { get; } = new("--help", "-h", "-?") { Description = "Show this help", Recursive = true };

    public static Option<bool> Version { get; } = new("--version") { Description = "Show the version" };

    public static IReadOnlyList<Option> Output { get; } = [Json, Quiet, NoColor, Help];

    public static IReadOnlyList<Option> Connection { get; } = [State, Coordinator, TokenFile, Workloads, Timeout];

    static GlobalOptions() => (State.Recursive, Coordinator.Recursive, TokenFile.Recursive, Timeout.Recursive) = (true, true, true, true);

    private static bool HasText(string text) => !string.IsNullOrWhiteSpace(text);
}

/// <summary>The values of <see cref="GlobalOptions"/> for one invocation.</summary>
internal sealed record GlobalSettings(
    string? State,
    string? Coordinator,
    string? TokenFile,
    bool Json,
    bool Quiet,
    bool NoColor,
    TimeSpan? Timeout,
    ValueArray<string> Workloads)
{
    public static GlobalSettings Of(ParseResult parse) => new(
        parse.GetValue(GlobalOptions.State),
        parse.GetValue(GlobalOptions.Coordinator),
        parse.GetValue(GlobalOptions.TokenFile),
        parse.GetValue(GlobalOptions.Json),
        parse.GetValue(GlobalOptions.Quiet),
        parse.GetValue(GlobalOptions.NoColor),
        parse.GetValue(GlobalOptions.Timeout),
        (parse.GetValue(GlobalOptions.Workloads) ?? []).ToValueArray());
}
