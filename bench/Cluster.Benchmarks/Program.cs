using System.Reflection;
using BenchmarkDotNet.Running;
using SearchCluster.Benchmarks.Start;
using SearchCluster.Benchmarks.Throughput;
using SearchCluster.Benchmarks.Workloads;

if (args is ["throughput", .. var rest])
{
    return await ThroughputCommand.RunAsync(rest);
}

if (args is ["start", .. var starting])
{
    return await StartCommand.RunAsync(starting);
}

if (args is ["workloads", .. var options])
{
    return await WorkloadsCommand.RunAsync(options);
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
