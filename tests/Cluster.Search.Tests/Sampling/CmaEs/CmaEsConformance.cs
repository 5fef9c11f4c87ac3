using SearchCluster.Search.Sampling.CmaEs;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.CmaEs;

public sealed class CmaEsSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new CmaEsSampler(spec.Space, new CmaEsOptions(), spec.Budget.Trials);
}

/// <summary>Small generations, so that many of them, and restarts, happen within the suite.</summary>
public sealed class CmaEsSmallGenerationConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new CmaEsSampler(
        spec.Space,
        new CmaEsOptions { Population = 4, Startup = 3, Restart = RestartStrategy.Bipop, AdaptLearningRates = true },
        spec.Budget.Trials);
}
