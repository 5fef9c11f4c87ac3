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
                ExtendText.Line(detail),
                $"searchcluster delete {name}",
            ]
            : Found(detail, data);
    }

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
        yield return ExtendText.Line(detail);
    }
}
