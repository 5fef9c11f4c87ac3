using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Commands worth running, as they fit how a search ended or where it stands.</summary>
public static class NextSteps
{
    /// <summary>Writes them below each other, as the last lines of a report.</summary>
    /// <param name="output">Where.</param>
    /// <param name="steps">The commands.</param>
    public static void Write(TextWriter output, IEnumerable<string> steps)
    {
        var lead = "next";
        foreach (var step in steps)
        {
            output.WriteLine($"{lead,-12} {step}");
            lead = string.Empty;
        }
    }

    /// <summary>Those of a search that is not over.</summary>
    /// <param name="detail">The search.</param>
    public static IEnumerable<string> OfOpen(SearchDetail detail)
    {
        var name = detail.SearchId;
        yield return detail.Summary.State is SearchLifecycle.Paused or SearchLifecycle.Interrupted
            ? $"searchcluster resume {name}"
            : $"searchcluster watch {name}";
        yield return $"searchcluster trials {name} --top 10";
        yield return $"searchcluster stop {name}";
    }

    public static IEnumerable<string> Of(SearchDetail detail, DataSpec? data = null)
    {
        var name = detail.SearchId;
        if (detail is { EndReason: SearchEndReason.Misconfigured, Summary.State: SearchLifecycle.Failed })
        {
            return
            [
                "correct the data or the spec, then run it again: searchcluster run SPEC",
                $"searchcluster resume {name}        (when only the data were wrong)",
                $"searchcluster delete {name}",
            ];
        }

        return detail.Summary.Best is null
            ?
            [
                $"searchcluster trials {name}",
                $"searchcluster trace {name}",
                Extend(detail),
                $"searchcluster delete {name}",
            ]
            : Found(detail, data);
    }

    /// <summary>How a search that is over is extended: by what a command adds to, else in a spec of another name.</summary>
    public static string Extend(SearchDetail detail) => detail.EndReason switch
    {
        SearchEndReason.SpaceExhausted =>
            "searchcluster run SPEC --name NEW        (with a wider space, or with repeats: this one has no further configuration)",
        SearchEndReason.Time => $"searchcluster resume {detail.SearchId} --time +1h",
        SearchEndReason.Epochs => Larger(detail, "budget.epochs"),
        SearchEndReason.DeviceTime => Larger(detail, "budget.deviceTime"),
        SearchEndReason.Failures when detail.Summary.Counts.Failed > detail.Budget.Failures => Larger(detail, "budget.failures"),
        _ => $"searchcluster resume {detail.SearchId} --trials +20",
    };

    private static string Larger(SearchDetail detail, string limit) =>
        $"searchcluster run SPEC --name NEW        (with a larger {limit}; warmStart: {{ from: {detail.SearchId} }} learns from this one)";

    private static IEnumerable<string> Found(SearchDetail detail, DataSpec? data)
    {
        var name = detail.SearchId;
        yield return $"searchcluster trials {name} --top 10";
        yield return $"searchcluster best {name} -o params.json";
        if (detail.Ensemble is not null)
        {
            yield return $"searchcluster predict {name} {InputWord.Of(data)}";
        }
        else if (detail.EnsembleFailure is not null)
        {
            yield return $"searchcluster ensemble build {name}        (when what kept it from being built is mended)";
        }

        yield return $"searchcluster trace {name}";
        yield return Extend(detail);
    }
}
