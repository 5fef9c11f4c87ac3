using System.CommandLine;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Results;

/// <summary>The option <c>--only</c>: states by name, separated by commas. (<c>--state</c> is the state folder.)</summary>
internal static class StateFilter
{
    public static Option<string?> Option<T>(string things)
        where T : struct, Enum
    {
        var option = new Option<string?>("--only")
        {
            HelpName = "STATE,...",
            Description = $"Only {things} in these states: {string.Join(", ", Words.All<T>())}",
        };
        option.Validators.Add(result =>
        {
            var unknown = (result.GetValueOrDefault<string?>() ?? string.Empty)
                .Split(',')
                .FirstOrDefault(word => !Words.All<T>().Contains(word));
            if (unknown is not null)
            {
                var suggestion = Suggestions.Nearest(unknown, Words.All<T>());
                var question = suggestion is null ? string.Empty : $" Did you mean {suggestion}?";
                result.AddError(
                    $"--only names \"{SafeText.Of(unknown)}\", but must name states: {string.Join(", ", Words.All<T>())}.{question}");
            }
        });
        return option;
    }

    /// <summary>The states named; null for all.</summary>
    public static IReadOnlySet<T>? Parse<T>(string? text)
        where T : struct, Enum =>
            text is null ? null : Enum.GetValues<T>().Where(state => text.Split(',').Contains(Words.Of(state))).ToHashSet();
}
