using BenchmarkDotNet.Attributes;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.Searches;

namespace SearchCluster.Benchmarks.Suggestions;

/// <summary>How long a sampler takes for one suggestion, and for sixteen at once, over ten parameters.</summary>
[InProcess]
[WarmupCount(3)]
[IterationCount(10)]
[MemoryDiagnoser]
[MedianColumn]
public class SuggestBenchmarks
{
    private ISampler? _sampler;
    private SearchView? _view;
    private SuggestionContext? _context;

    [Params("grid", "random")]
    public string Algorithm { get; set; } = "random";

    [Params(0, 1_000)]
    public int FinishedTrials { get; set; }

    [Params(1, 16)]
    public int Wanted { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var spec = FinishedSearch.Spec(Algorithm);
        _sampler = SamplerCatalog.Create(spec);
        _view = FinishedSearch.View(spec, _sampler, FinishedTrials);
        _context = new SuggestionContext(new TrialId(_view.TrialCount), Wanted, spec.Seed);
    }

    [Benchmark]
    public SuggestionBatch Suggest() => _sampler!.Suggest(_view!, _context!);
}
