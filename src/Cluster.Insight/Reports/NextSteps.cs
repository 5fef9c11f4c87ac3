using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Commands worth running after a search ended, as they fit how it ended.</summary>
public static class NextSteps
{
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
                $"searchcluster resume {name} --trials +20",
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
        yield return $"searchcluster resume {name} --trials +20";
    }
}
