using System.Reflection;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Catalogs;

/// <summary>What a specification can name is held to the suite of its kind.</summary>
public sealed class CatalogConformanceTests
{
    [Fact]
    public void Every_sampler_has_a_class_that_holds_it_to_the_suite()
    {
        var create = typeof(SamplerConformance).GetMethod("Create", BindingFlags.Instance | BindingFlags.NonPublic)!;
        var held = Suites<SamplerConformance>().Select(suite => ((ISampler)create.Invoke(suite, [SampleSpaces.Spec("mixed")])!).Name);

        // The one takes the name of its choice, the other needs stages, in which its own tests put every sampler.
        SamplerCatalog.Names.Except(["auto", "coarse-to-fine"]).Except(held).ShouldBeEmpty("derive a class from SamplerConformance");
    }

    [Fact]
    public void Every_scheduler_has_a_class_that_holds_it_to_the_suite()
    {
        var scheduler = typeof(TrialSchedulerConformance).GetProperty("Scheduler", BindingFlags.Instance | BindingFlags.NonPublic)!;
        var held = Suites<TrialSchedulerConformance>().Select(suite => ((SchedulerSpec)scheduler.GetValue(suite)!).Type);

        TrialSchedulerCatalog.Names.Except(["none"]).Except(held).ShouldBeEmpty("derive a class from TrialSchedulerConformance");
    }

    private static IEnumerable<TSuite> Suites<TSuite>() => typeof(CatalogConformanceTests).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(TSuite)) && !type.IsAbstract)
        .Select(type => (TSuite)Activator.CreateInstance(type)!);
}
