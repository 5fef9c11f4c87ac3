using System.Globalization;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>What to measure.</summary>
/// <param name="Trials">Trials of each search.</param>
/// <param name="Workers">Worker processes.</param>
/// <param name="Slots">Slots of each worker, one case for each number.</param>
/// <param name="Measurements">Measurements of each trial, one case for each number.</param>
/// <param name="JsonFile">Also writes the results there; null for not.</param>
/// <param name="Keep">Keeps the state folders, to look at journal, traces and logs.</param>
internal sealed record ThroughputOptions(int Trials, int Workers, int[] Slots, int[] Measurements, string? JsonFile, bool Keep)
{
    public const string Usage =
        "throughput [--trials 4000] [--workers 2] [--slots 1,16] [--measurements 1,10] [--json FILE] [--keep]";

    /// <summary>Reads a command line, or returns null with the reason.</summary>
    public static ThroughputOptions? Parse(IReadOnlyList<string> arguments, out string? problem)
    {
        var options = new ThroughputOptions(4000, 2, [1, 16], [1, 10], JsonFile: null, Keep: false);
        problem = null;
        for (var i = 0; i < arguments.Count && problem is null; i++)
        {
            var name = arguments[i];
            if (name == "--keep")
            {
                options = options with { Keep = true };
                continue;
            }

            var value = ++i < arguments.Count ? arguments[i] : null;
            options = (name, value) switch
            {
                (_, null) => Refuse(options, $"{name} needs a value.", out problem),
                ("--json", _) => options with { JsonFile = value },
                ("--trials", _) when Numbers(value) is [var trials] => options with { Trials = trials },
                ("--workers", _) when Numbers(value) is [var workers] => options with { Workers = workers },
                ("--slots", _) when Numbers(value) is { } slots => options with { Slots = slots },
                ("--measurements", _) when Numbers(value) is { } measurements => options with { Measurements = measurements },
                _ => Refuse(options, $"{name} {value} is not understood; numbers are whole and above 0.", out problem),
            };
        }

        return problem is null ? options : null;
    }

    private static ThroughputOptions Refuse(ThroughputOptions options, string reason, out string? problem)
    {
        problem = reason;
        return options;
    }

    private static int[]? Numbers(string text)
    {
        var numbers = text
            .Split(',')
            .Select(each => int.TryParse(each, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .ToArray();
        return numbers.All(n => n > 0) ? numbers : null;
    }
}
