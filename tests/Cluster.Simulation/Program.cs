return SearchCluster.Simulation.Cli.Run(args);
