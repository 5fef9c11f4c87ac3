using System.Text.Json;

namespace SearchCluster.Insight.Wording;

/// <summary>Names of states as users see and type them: <c>stopped-early</c>, not <c>StoppedEarly</c>.</summary>
public static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    /// <summary>For sentences: <c>stopped early</c>.</summary>
    public static string Spaced<T>(T value)
        where T : struct, Enum => Of(value).Replace('-', ' ');
}
