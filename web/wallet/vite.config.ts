import { defineConfig } from 'vite';
import { app } from '../ui/build/app.ts';

export default defineConfig(app('wallet', 'wanted'));
