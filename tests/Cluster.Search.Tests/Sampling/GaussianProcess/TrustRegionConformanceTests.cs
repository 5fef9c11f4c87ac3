using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class TrustRegionConformanceTests : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) =>
        new GaussianProcessSampler(spec.Space, new GaussianProcessOptions { TrustRegion = true });
}
