using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.GaussianProcess;

public sealed class FeatureMapTests
{
    [Fact]
    public void Parameters_of_one_value_have_no_feature() =>
        new FeatureMap(new SpaceEncoding(SampleSpaces.All["one-point"])).Count.ShouldBe(0);

    [Fact]
    public void An_inactive_number_counts_as_its_middle_and_an_inactive_item_as_a_code_of_its_own()
    {
        var map = new FeatureMap(new SpaceEncoding(SampleSpaces.All["conditional"]));
        var features = new double[map.Count];

        // kind = a, momentum inactive, depth = 1, hence width and inner inactive.
        map.Map([1.0 / 6, double.NaN, 1.0 / 6, double.NaN, double.NaN], features);

        features[..5].ShouldBe([0, 0.5, 1.0 / 6, 0.5, -1]);
    }

    [Fact]
    public void A_condition_on_a_number_adds_a_feature_that_tells_the_branches_apart()
    {
        var map = new FeatureMap(new SpaceEncoding(SampleSpaces.All["conditional"]));
        var (inactive, active) = (new double[map.Count], new double[map.Count]);

        map.Map([1.0 / 6, double.NaN, 1.0 / 6, double.NaN, double.NaN], inactive);
        map.Map([1.0 / 6, double.NaN, 0.5, 0.25, double.NaN], active);

        map.Count.ShouldBe(7);
        map.IsCode[5].ShouldBeTrue();
        active[5].ShouldNotBe(inactive[5]);
    }
}
