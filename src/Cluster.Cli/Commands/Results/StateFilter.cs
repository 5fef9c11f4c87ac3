using System.CommandLine;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Results;

/// <summary>The option <c>--only</c>: states by name, separated by commas. (<c>--state</c> is the state folder.)</summary>
internal static class StateFilter
{
    /// <param name="things">What has states, as a plural.</param>
    /// <param name="more">Words besides the states.</param>
    public static Option<string?> Option<T>(string things, params string[] more)
        where T : struct, Enum
    {
        string[] words = [.. Words.All<T>(), .. more];
        var option = new Option<string?>("--only")
        {
            HelpName = "STATE,...",
            Description = $"Only {things} in these states: {string.Join(", ", words)}",
        };
        option.Validators.Add(result =>
        {
            var unknown = (result.GetValueOrDefault<string?>() ?? string.Empty)
                .Split(',')
                .FirstOrDefault(word => !words.Contains(word));
            if (unknown is not null)
            {
                var suggestion = Suggestions.Nearest(unknown, words);
                var question = suggestion is null ? string.Empty : $" Did you mean {suggestion}?";
                result.AddError(
                    $"--only names \"{SafeText.Of(unknown)}\", but must name states: {string.Join(", ", words)}.{question}");
            }
        });
        return option;
    }

    /// <summary>The states named; null for all.</summary>
    public static IReadOnlySet<T>? Parse<T>(string? text)
        where T : struct, Enum =>
            text is null ? null : Enum.GetValues<T>().Where(state => text.Split(',').Contains(Words.Of(state))).ToHashSet();
}
