using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Wording;

/// <summary>How a search is extended: by what a command adds to, else in a spec of another name. All hints say it from here, so that none
/// names a command that would be refused.</summary>
public static class ExtendText
{
    private const string Anew = "searchcluster run SPEC --name NEW";
    private const string NoFurther = "this one has no further configuration";

    /// <summary>As a line among commands.</summary>
    /// <param name="detail">The search.</param>
    public static string Line(SearchDetail detail) => Write(Way(detail, 20), "        ");

    /// <summary>In a sentence.</summary>
    /// <param name="detail">The search.</param>
    public static string Inline(SearchDetail detail) => Write(Way(detail, 20), " ");

    /// <summary>The command that adds to the search itself.</summary>
    /// <param name="detail">The search.</param>
    /// <param name="trials">How many trials to add, where these are what is added.</param>
    /// <returns>Null where only another search goes on.</returns>
    public static string? Command(SearchDetail detail, int trials) =>
        Way(detail, trials) is (var command, null) ? command : null;

    /// <summary>How models that are gone are trained again, in a sentence.</summary>
    /// <param name="search">Its name, for the command.</param>
    /// <param name="detail">What is known of it; null where nobody could be asked.</param>
    /// <param name="trials">How many models are missed.</param>
    public static string Again(SearchId search, SearchDetail? detail, int trials) =>
        detail is null ? Trials(search, trials)
        : Command(detail, trials) ?? $"{Anew} (all of it: {(IsExhausted(detail) ? NoFurther : "nothing can be added to this one")})";

    /// <summary>What helps where more trials are needed, in a sentence.</summary>
    /// <param name="search">Its name, for the command.</param>
    /// <param name="detail">What is known of it; null where nobody was asked.</param>
    public static string More(SearchId search, SearchDetail? detail) => detail switch
    {
        null => $"let the search go on, or extend it: {Trials(search, 20)}",
        { Summary.State: SearchLifecycle.Completed or SearchLifecycle.Stopped or SearchLifecycle.Failed } => $"extend it: {Inline(detail)}",
        _ => Command(detail, 20) is { } command ? $"let the search go on, or extend it: {command}" : "let the search go on",
    };

    private static bool IsExhausted(SearchDetail detail) => Reason(detail) == SearchEndReason.SpaceExhausted;

    // What ended it does so again where nobody says otherwise.
    private static SearchEndReason? Reason(SearchDetail detail) => detail.EndsAgainBy ?? detail.EndReason switch
    {
        SearchEndReason.Failures when detail.Summary.Counts.Failed <= detail.Budget.Failures => null,
        SearchEndReason.TargetReached or SearchEndReason.NoImprovement => null,
        var reason => reason,
    };

    private static (string Command, string? Remark) Way(SearchDetail detail, int trials) => Reason(detail) switch
    {
        SearchEndReason.SpaceExhausted => (Anew, $"with a wider space, or with repeats: {NoFurther}"),
        SearchEndReason.Time => ($"searchcluster resume {detail.SearchId} --time +1h", null),
        SearchEndReason.Epochs => Larger(detail, "a larger budget.epochs"),
        SearchEndReason.DeviceTime => Larger(detail, "a larger budget.deviceTime"),
        SearchEndReason.Failures => Larger(detail, "a larger budget.failures"),
        SearchEndReason.NoImprovement => Larger(detail, "a larger budget.noImprovement"),
        SearchEndReason.TargetReached => Larger(detail, "another objective.target"),
        _ => (Trials(detail.SearchId, trials), null),
    };

    private static (string Command, string? Remark) Larger(SearchDetail detail, string limit) =>
        (Anew, $"with {limit}; warmStart: {{ from: {detail.SearchId} }} learns from this one");

    private static string Trials(SearchId search, int trials) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"searchcluster resume {search} --trials +{trials}");

    private static string Write((string Command, string? Remark) way, string gap) =>
        way.Remark is { } remark ? $"{way.Command}{gap}({remark})" : way.Command;
}
