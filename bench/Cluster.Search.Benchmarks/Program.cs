using SearchCluster.Search.Benchmarks;
using SearchCluster.Search.Benchmarks.Analysis;
using SearchCluster.Search.Benchmarks.Curves;
using SearchCluster.Search.Benchmarks.Efficiency;
using SearchCluster.Search.Benchmarks.Latency;
using SearchCluster.Search.Benchmarks.Memory;

return args switch
{
    ["efficiency", .. var rest] => EfficiencyCommand.Run(new Arguments(rest)),
    ["memory", .. var rest] => MemoryCommand.Run(new Arguments(rest)),
    ["curves", .. var rest] => CurvesCommand.Run(new Arguments(rest)),
    ["scheduler-cost", .. var rest] => SchedulerCostCommand.Run(new Arguments(rest)),
    ["latency", .. var rest] => LatencyCommand.Run(new Arguments(rest)),
    ["analysis", .. var rest] => AnalysisCommand.Run(new Arguments(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Measures samplers and schedulers without workers. Tables are in Markdown.

          efficiency   --algorithms auto,gp,tpe --problems suite|tuning|all|NAME,… --seeds 0-19 --batch 1,4 [--option.NAME VALUE]
                       median simple regret after 25, 50 and 100 trials; seeds 0-19 are for comparison, tune on others
          memory       --algorithms random,gp,tpe --trials 10000 --measurements 1,20
                       bytes a trial that a search and its sampler hold
          curves       --scheduler asha,hyperband,none --algorithm random,tpe --par 1,8 --seeds 0-9
                       [--scheduler.NAME VALUE] [--option.NAME VALUE]
                       epochs spent and true regret of 200 trials on learning curves of at most 81 epochs
          scheduler-cost --scheduler asha,median --trials 10000 --par 16 [--scheduler.NAME VALUE]
                       time of the scheduler's decisions in a search of so many trials
          latency      --algorithms gp,tpe --trials 50,200,1000,5000,10000 --repeats 40
                       milliseconds for one ask and tell at ten dimensions
          analysis     --trials 50,100,1000,10000 --dimensions 10
                       milliseconds for importance and partial dependence
        """);
    return 2;
}
