using System.Reflection;
using BenchmarkDotNet.Running;
using SearchCluster.Benchmarks.Failover;
using SearchCluster.Benchmarks.Flood;
using SearchCluster.Benchmarks.Recovery;
using SearchCluster.Benchmarks.Start;
using SearchCluster.Benchmarks.Throughput;
using SearchCluster.Benchmarks.Transfer;
using SearchCluster.Benchmarks.Workloads;

if (args is ["throughput", .. var rest])
{
    return await ThroughputCommand.RunAsync(rest);
}

if (args is ["start", .. var starting])
{
    return await StartCommand.RunAsync(starting);
}

if (args is ["recovery", .. var recovering])
{
    return await RecoveryCommand.RunAsync(recovering);
}

if (args is ["flood", .. var flooding])
{
    return await FloodCommand.RunAsync(flooding);
}

if (args is ["failover", .. var failing])
{
    return await FailoverCommand.RunAsync(failing);
}

if (args is ["transfer", .. var transferring])
{
    return await TransferCommand.RunAsync(transferring);
}

if (args is ["workloads", .. var options])
{
    return await WorkloadsCommand.RunAsync(options);
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
return 0;
