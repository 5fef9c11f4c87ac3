using System.Reflection;
using BenchmarkDotNet.Running;
using SearchCluster.Benchmarks.Throughput;

if (args is ["throughput", .. var rest])
{
    return await ThroughputCommand.RunAsync(rest);
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
