using System.Reflection;

namespace SearchCluster.Search.Tests.Searches.Journals;

/// <summary>Compares states member by member; sequences by their elements.</summary>
internal static class StateComparison
{
    public static void ShouldBeEqual(SearchState actual, SearchState expected)
    {
        foreach (var member in typeof(SearchState)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0))
        {
            Compare(member.Name, member.GetValue(actual), member.GetValue(expected));
        }

        SearchSnapshots.ToSnapshot(actual).ShouldBe(SearchSnapshots.ToSnapshot(expected));
    }

    private static void Compare(string name, object? actual, object? expected)
    {
        switch (expected)
        {
            case System.Collections.IEnumerable sequence and not string:
                ((System.Collections.IEnumerable)actual!).Cast<object>().Select(Flat).ShouldBe(sequence.Cast<object>().Select(Flat), name);
                break;
            case WaitingTrials waiting:
                Compare(name + ".New", ((WaitingTrials)actual!).New, waiting.New);
                Compare(name + ".Again", ((WaitingTrials)actual).Again, waiting.Again);
                Compare(name + ".Alone", ((WaitingTrials)actual).Alone, waiting.Alone);
                break;
            case EnsembleRecord ensemble:
                Compare(name + ".Members", ((EnsembleRecord)actual!).Members, ensemble.Members);
                (((EnsembleRecord)actual) with { Members = ensemble.Members }).ShouldBe(ensemble, name);
                break;
            default:
                Flat(actual).ShouldBe(Flat(expected), name);
                break;
        }
    }

    // The lists are compared by the snapshots; immutable lists compare by reference.
    private static object? Flat(object? value) =>
        value is TrialRecord trial ? trial with { Curve = [], Decisions = [], Lineage = [] } : value;
}
