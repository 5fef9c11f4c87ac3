using System.Globalization;
using SearchCluster.Search.Sampling;

namespace SearchCluster.Search.Benchmarks.Memory;

/// <summary>Bytes that a search of many trials holds: its state, and what its sampler remembers.</summary>
internal static class MemoryCommand
{
    /// <summary>Replays finished trials and measures the managed heap before and after.</summary>
    /// <param name="options">algorithm, trials, measurements.</param>
    /// <returns>Exit code.</returns>
    public static int Run(Arguments options)
    {
        Console.WriteLine("| trials | measurements | state, bytes a trial | algorithm | sampler, bytes a trial |");
        Console.WriteLine("| ---: | ---: | ---: | --- | ---: |");
        var trials = options.Whole("trials", 10_000);
        foreach (var measurements in options
            .Text("measurements", "1,20")
            .Split(',')
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            foreach (var algorithm in options.Text("algorithms", "random,gp,tpe").Split(','))
            {
                Measure(algorithm, trials, measurements);
            }
        }

        return 0;
    }

    private static void Measure(string algorithm, int trials, int measurements)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = FinishedSearch.Replay(FinishedSearch.Spec(algorithm, trials + 1), trials, measurements);
        var withState = GC.GetTotalMemory(forceFullCollection: true);
        var sampler = SamplerCatalog.Create(state.Spec);
        sampler.Suggest(SearchView.Of(state), new SuggestionContext(new TrialId(trials), 1, state.Spec.Seed));
        var withSampler = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {trials} | {measurements} | {(withState - before) / trials} | {algorithm} | {(withSampler - withState) / trials} |"));
        GC.KeepAlive(state);
        GC.KeepAlive(sampler);
    }
}
