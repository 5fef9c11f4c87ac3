using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class GaussianProcessConformanceTests : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new GaussianProcessSampler(spec.Space);
}
