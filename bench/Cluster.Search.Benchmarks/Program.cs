using SearchCluster.Search.Benchmarks;
using SearchCluster.Search.Benchmarks.Efficiency;
using SearchCluster.Search.Benchmarks.Latency;

return args switch
{
    ["efficiency", .. var rest] => EfficiencyCommand.Run(new Arguments(rest)),
    ["latency", .. var rest] => LatencyCommand.Run(new Arguments(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Measures samplers and schedulers without workers. Tables are in Markdown.

          efficiency   --algorithms auto,gp,tpe --problems suite|tuning|all|NAME,… --seeds 0-19 --batch 1,4 [--option.NAME VALUE]
                       median simple regret after 25, 50 and 100 trials; seeds 0-19 are for comparison, tune on others
          latency      --algorithms gp,tpe --trials 50,200,1000,5000,10000 --repeats 40
                       milliseconds for one ask and tell at ten dimensions
        """);
    return 2;
}
