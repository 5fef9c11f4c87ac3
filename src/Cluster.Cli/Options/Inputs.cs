using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SearchCluster.Cli.Failures;

namespace SearchCluster.Cli.Options;

/// <summary>Makes options and arguments whose parse errors name the value, the rule and an example.</summary>
internal static class Inputs
{
    /// <summary>The name of a search.</summary>
    public static Argument<SearchId> Search() =>
        new("SEARCH") { Description = "Name of the search (see: searchcluster list)", CustomParser = ParseSearch };

    /// <summary>The name of a search that may be left out.</summary>
    public static Argument<SearchId?> OptionalSearch(string description) => new("SEARCH")
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => ParseSearch(result),
    };

    /// <summary>Any number of searches.</summary>
    public static Argument<SearchId[]> Searches(string description) => new("SEARCH")
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => ParseSearch(result, token.Value))],
    };

    /// <summary>A duration such as <c>90s</c> or <c>1h30m</c>.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = result => Parse<TimeSpan?>(
            result, text => Durations.TryParse(text, out var value) ? value : null, "a duration such as 90s, 30m, 1h30m or 2d"),
    };

    /// <summary>A whole number with a lower and an upper bound.</summary>
    public static Option<int?> WholeNumber(string name, string description, int minimum, int maximum, params string[] aliases) =>
        new(name, aliases)
        {
            HelpName = "N",
            Description = description,
            CustomParser = result => Parse<int?>(
                result,
                text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                    && value >= minimum
                    && value <= maximum
                    ? value
                    : null,
                $"a whole number from {minimum} to {maximum}"),
        };

    /// <summary>An amount of memory or of disk such as <c>4GiB</c>.</summary>
    public static Option<long?> Size(string name, string description) => new(name)
    {
        HelpName = "SIZE",
        Description = description,
        CustomParser = result => Parse<long?>(
            result, text => Sizes.TryParse(text, out var bytes) ? bytes : null, "a size such as 512MiB, 4GiB or 1.5GB"),
    };

    /// <summary>The priority of a search.</summary>
    public static Argument<int> Priority() => new("N")
    {
        Description = "Its priority, -100 to 100; searches have 0 unless somebody says otherwise",
        CustomParser = result => Parse<int?>(result, PriorityOf, PriorityRule) ?? 0,
    };

    /// <summary>The same as an option.</summary>
    public static Option<string?> Priority(string name) => Text(
        name,
        "N",
        "Take free slots before searches of a lower priority (short for --set resources.priority=N)",
        text => PriorityOf(text) is not null,
        PriorityRule);

    /// <summary>Any finite number.</summary>
    public static Option<double?> Number(string name, string description) => new(name)
    {
        HelpName = "X",
        Description = description,
        CustomParser = result => Parse<double?>(
            result,
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : null,
            "a number such as 0.25 or 1e-3"),
    };

    /// <summary>The device of a worker.</summary>
    public static Option<string> Device(string description) => new("--device")
    {
        HelpName = "auto|cpu|cuda|cuda:N",
        Description = description,
        DefaultValueFactory = _ => "auto",
        CustomParser = result => Parse(result, text => IsDevice(text) ? text : null, "auto, cpu, cuda or cuda:N, for example cuda:0")
            ?? "auto",
    };

    /// <summary>Tags of a worker.</summary>
    public static Option<string[]> Labels() =>
        new("--label") { HelpName = "NAME=VALUE", Description = "Tag that searches may ask for; may be repeated" };

    /// <summary>Reads what <see cref="Labels"/> gave.</summary>
    /// <exception cref="CliException">One is not <c>NAME=VALUE</c>.</exception>
    public static ValueMap<string> ParseLabels(string[]? labels) => new((labels ?? []).Select(text =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
            ? new KeyValuePair<string, string>(text[..equals], text[(equals + 1)..])
            : throw new CliException(
                ExitCodes.WrongUsage,
                $"--label is \"{SafeText.Of(text)}\", but must be NAME=VALUE.",
                "for example --label zone=lab1",
                CommandCodes.WrongUsage)));

    /// <summary>Where a coordinator keeps artifacts.</summary>
    public static Option<string?> Artifacts() => new("--artifacts")
    {
        HelpName = "PLACE",
        Description = "Where checkpoints and models are kept: a folder, or s3://BUCKET/PREFIX ($SEARCHCLUSTER_ARTIFACTS). Default: the "
            + "state folder",
    };

    /// <summary>A text that keeps a rule.</summary>
    public static Option<string?> Text(string name, string helpName, string description, Func<string, bool> isValid, string rule) =>
        new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result => Parse(result, text => isValid(text) ? text : null, rule),
        };

    private static bool IsDevice(string text) => text is "auto" or "cpu" or "cuda"
        || (text.StartsWith("cuda:", StringComparison.Ordinal)
            && ushort.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>The number of a trial, as tables and reports show it: <c>17</c> or <c>t0017</c>.</summary>
    public static Argument<TrialId> Trial() => new("TRIAL")
    {
        Description = "Number of the trial, for example 17 or t0017",
        CustomParser = result => Parse<TrialId?>(
            result,
            text => int.TryParse(text.TrimStart('t'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new TrialId(number)
                : null,
            "the number of a trial, for example 17 or t0017") ?? default,
    };

    /// <summary>A word out of a few.</summary>
    public static Argument<string> Word(string name, string description, params string[] words) => new(name)
    {
        Description = $"{description}: {string.Join(", ", words)}",
        CustomParser = result => Parse(
            result, text => words.Contains(text, StringComparer.Ordinal) ? text : null, "one of " + string.Join(", ", words)) ?? words[0],
    };

    /// <summary>One of a few words.</summary>
    public static Option<string> Choice(string name, string description, string fallback, params string[] choices) => new(name)
    {
        HelpName = string.Join('|', choices),
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Parse(
            result, text => choices.Contains(text, StringComparer.Ordinal) ? text : null, "one of " + string.Join(", ", choices))
            ?? fallback,
    };

    private static string PriorityRule =>
        $"a whole number from {ResourcesSpec.LowestPriority} to {ResourcesSpec.HighestPriority}";

    private static int? PriorityOf(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value is >= ResourcesSpec.LowestPriority and <= ResourcesSpec.HighestPriority
            ? value
            : null;

    private static SearchId ParseSearch(ArgumentResult result) => ParseSearch(result, result.Tokens[0].Value);

    private static SearchId ParseSearch(ArgumentResult result, string text)
    {
        if (SearchId.IsValid(text))
        {
            return new(text);
        }

        result.AddError($"\"{SafeText.Of(text)}\" is not a search name; use {SearchId.Rule}.");
        return default;
    }

    private static T? Parse<T>(ArgumentResult result, Func<string, T?> parse, string rule)
    {
        var text = result.Tokens[0].Value;
        var value = parse(text);
        if (value is null)
        {
            var name = (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
            result.AddError($"{name} is \"{SafeText.Of(text)}\", but must be {rule}.");
        }

        return value;
    }
}
